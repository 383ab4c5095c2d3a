/** Runs requests with an idempotency key at most once. */
@NullMarked
package kassa.application.internal.idempotency;

import org.jspecify.annotations.NullMarked;
