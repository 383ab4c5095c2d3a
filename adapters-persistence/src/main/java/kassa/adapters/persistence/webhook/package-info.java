/** Stores webhook endpoints and their deliveries. */
@NullMarked
package kassa.adapters.persistence.webhook;

import org.jspecify.annotations.NullMarked;
