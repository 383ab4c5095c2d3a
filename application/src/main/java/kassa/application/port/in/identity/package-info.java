/**
 * Driving ports of identity: authentication, sign-in, sessions, users, API keys, audit log and rate
 * limits.
 */
@NullMarked
package kassa.application.port.in.identity;

import org.jspecify.annotations.NullMarked;
