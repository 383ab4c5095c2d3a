/** Placing, finding, status changes and refunds of orders: handlers and messages. */
@NullMarked
package kassa.adapters.http.order;

import org.jspecify.annotations.NullMarked;
