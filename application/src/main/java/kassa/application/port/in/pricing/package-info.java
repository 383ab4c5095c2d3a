/** Driving ports of pricing: quotes and the cart drafts that they price. */
@NullMarked
package kassa.application.port.in.pricing;

import org.jspecify.annotations.NullMarked;
