/** Driving ports of events. */
@NullMarked
package kassa.application.port.in.event;

import org.jspecify.annotations.NullMarked;
