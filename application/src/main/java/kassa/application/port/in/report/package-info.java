/** Driving ports of sales reports. */
@NullMarked
package kassa.application.port.in.report;

import org.jspecify.annotations.NullMarked;
