/** Driving ports of the product catalogue. */
@NullMarked
package kassa.application.port.in.catalogue;

import org.jspecify.annotations.NullMarked;
