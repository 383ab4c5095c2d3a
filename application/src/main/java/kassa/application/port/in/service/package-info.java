/** Driving ports of the service itself: readiness. */
@NullMarked
package kassa.application.port.in.service;

import org.jspecify.annotations.NullMarked;
