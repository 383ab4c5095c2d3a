/**
 * Identity stores: users, sessions, API keys, login attempts, audit log, rate-limit counters and
 * the token cache.
 */
@NullMarked
package kassa.adapters.persistence.identity;

import org.jspecify.annotations.NullMarked;
