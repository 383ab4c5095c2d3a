/**
 * The routes and what every request passes: concurrency limiter, rate limit, idempotency, exception
 * mapping and responses.
 */
@NullMarked
package kassa.adapters.http.routing;

import org.jspecify.annotations.NullMarked;
