/**
 * Driven ports of identity: users, sessions, API keys, failed attempts, audit log, rate limits,
 * password hashing and tokens.
 */
@NullMarked
package kassa.application.port.out.identity;

import org.jspecify.annotations.NullMarked;
