/** Pricing examples of public projects, and their reader. */
@NullMarked
package kassa.domain.cases;

import org.jspecify.annotations.NullMarked;
