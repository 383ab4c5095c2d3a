/** Driven ports of webhooks: the store of endpoints and deliveries, and the sender. */
@NullMarked
package kassa.application.port.out.webhook;

import org.jspecify.annotations.NullMarked;
