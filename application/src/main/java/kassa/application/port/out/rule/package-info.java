/** Driven ports of discount rules: rules, coupon codes and the usage of their limits. */
@NullMarked
package kassa.application.port.out.rule;

import org.jspecify.annotations.NullMarked;
