/** Driving ports: the use cases that adapters call, by subject in subpackages. */
@NullMarked
package kassa.application.port.in;

import org.jspecify.annotations.NullMarked;
