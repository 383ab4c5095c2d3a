package kassa.adapters.http.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders.
 *
 * @param data the orders
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record OrderPageResponse(List<OrderResponse> data, @Nullable String nextCursor) {}
