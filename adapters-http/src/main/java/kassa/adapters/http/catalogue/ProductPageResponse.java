package kassa.adapters.http.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of products.
 *
 * @param data the products
 * @param nextCursor cursor of the next page; {@code null} on the last page
 */
public record ProductPageResponse(List<ProductResponse> data, @Nullable String nextCursor) {}
