package kassa.adapters.http.order.search;

import java.util.List;
import kassa.adapters.http.order.OrderResponse;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders.
 *
 * @param data the orders
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record OrderPageResponse(List<OrderResponse> data, @Nullable String nextCursor) {}
