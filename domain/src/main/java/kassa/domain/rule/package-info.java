/** Discount rules: conditions, effects, codes, usage limits, and the pricing policy. */
@NullMarked
package kassa.domain.rule;

import org.jspecify.annotations.NullMarked;
