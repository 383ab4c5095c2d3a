/** Driving ports of discount rules and coupon codes. */
@NullMarked
package kassa.application.port.in.rule;

import org.jspecify.annotations.NullMarked;
