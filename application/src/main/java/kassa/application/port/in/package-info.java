/** The driving ports: what the outside may ask of Kassa. */
@NullMarked
package kassa.application.port.in;

import org.jspecify.annotations.NullMarked;
