package kassa.adapters.http.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of products.
 *
 * @param data the products
 * @param nextCursor asks for the next page; {@code null} on the last
 */
public record ProductPageResponse(List<ProductResponse> data, @Nullable String nextCursor) {}
