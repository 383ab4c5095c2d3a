/** Sends signed webhooks to checked addresses: {@link kassa.adapters.webhooks.Webhooks}. */
@NullMarked
package kassa.adapters.webhooks;

import org.jspecify.annotations.NullMarked;
