/** Price quotes for carts: handlers, request and response messages. */
@NullMarked
package kassa.adapters.http.pricing;

import org.jspecify.annotations.NullMarked;
