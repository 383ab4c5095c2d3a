/**
 * Services and permission decorators of discount rules and coupon codes, and the cached set of
 * active rules.
 */
@NullMarked
package kassa.application.internal.rule;

import org.jspecify.annotations.NullMarked;
