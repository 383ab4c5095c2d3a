/** Idempotency store: stored responses of requests that carry an idempotency key. */
@NullMarked
package kassa.adapters.persistence.idempotency;

import org.jspecify.annotations.NullMarked;
