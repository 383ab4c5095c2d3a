/** Webhooks: endpoints of receivers, their secrets and filters, deliveries and their schedule. */
@NullMarked
package kassa.domain.webhook;

import org.jspecify.annotations.NullMarked;
