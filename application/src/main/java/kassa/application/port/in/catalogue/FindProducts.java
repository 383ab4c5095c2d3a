package kassa.application.port.in.catalogue;

import java.util.List;
import java.util.Optional;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Finds and lists products of the catalogue. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be read. An empty
 * result always means that no such product exists.
 */
public interface FindProducts {

  /** Maximum number of products per page. */
  int MAX_PAGE_SIZE = 200;

  /** Returns the product with this SKU, or empty if it does not exist. */
  Optional<Product> bySku(Sku sku);

  /**
   * Returns a page of products in ascending order of their SKU (keyset pagination). Iterating over
   * all pages returns every product that exists throughout the iteration exactly once, even while
   * other products are created and deleted.
   *
   * @param query the requested page
   */
  Page listBySku(Query query);

  /**
   * Page request.
   *
   * @param after the page starts after this SKU; {@code null} for the first page
   * @param limit the maximum number of products on the page, 1 to {@value #MAX_PAGE_SIZE}
   */
  record Query(@Nullable Sku after, int limit) {

    /**
     * @throws IllegalArgumentException if the limit is out of range
     */
    public Query {
      if (limit < 1 || limit > MAX_PAGE_SIZE) {
        throw new IllegalArgumentException("limit must be from 1 to " + MAX_PAGE_SIZE);
      }
    }
  }

  /**
   * Page of products in ascending order of their SKU.
   *
   * @param products the products
   * @param next the value of {@code after} for the next page; {@code null} on the last page
   */
  record Page(List<Product> products, @Nullable Sku next) {

    public Page {
      products = List.copyOf(products);
    }
  }
}
