/** Driving ports of webhooks. */
@NullMarked
package kassa.application.port.in.webhook;

import org.jspecify.annotations.NullMarked;
