/** Placing many orders at once, as a batch or an NDJSON stream: handlers and messages. */
@NullMarked
package kassa.adapters.http.order.batch;

import org.jspecify.annotations.NullMarked;
