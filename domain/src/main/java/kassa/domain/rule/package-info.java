/** Discount rules: their conditions, effects, limits and the policy that they are applied under. */
@NullMarked
package kassa.domain.rule;

import org.jspecify.annotations.NullMarked;
