package kassa.adapters.http.order.search;

import java.util.List;
import kassa.adapters.http.order.OrderResponse;
import org.jspecify.annotations.Nullable;

/**
 * Page of orders.
 *
 * @param data the orders
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record OrderPageResponse(List<OrderResponse> data, @Nullable String nextCursor) {}
