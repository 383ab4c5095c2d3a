/** What a cart costs under a set of discount rules, as a pure function. */
@NullMarked
package kassa.domain.pricing;

import org.jspecify.annotations.NullMarked;
