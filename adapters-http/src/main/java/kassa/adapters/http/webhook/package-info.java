/** Webhook endpoints and their deliveries: handlers and messages. */
@NullMarked
package kassa.adapters.http.webhook;

import org.jspecify.annotations.NullMarked;
