/**
 * Idempotency: keys, records and replay of requests that clients retry, and the idempotency store.
 */
@NullMarked
package kassa.application.idempotency;

import org.jspecify.annotations.NullMarked;
