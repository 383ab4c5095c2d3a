package kassa.application.port.in.catalogue;

import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Finds and lists products of the catalogue. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be read. An empty
 * result always means that no such product exists.
 */
public interface FindProducts {

  /** Returns the product with this SKU, or empty if it does not exist. */
  Optional<Product> bySku(Sku sku);

  /**
   * Lists products in ascending order of their SKU (keyset pagination). Iterating over all pages
   * returns every product that exists throughout the iteration exactly once, even while other
   * products are created and deleted.
   *
   * @param after list products after this SKU; {@code null} to start at the first product
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<Product> listBySku(@Nullable Sku after, int limit);
}
