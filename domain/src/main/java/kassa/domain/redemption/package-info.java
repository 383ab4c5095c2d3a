/** The uses of rules: what is counted of them, and what an order takes. */
@NullMarked
package kassa.domain.redemption;

import org.jspecify.annotations.NullMarked;
