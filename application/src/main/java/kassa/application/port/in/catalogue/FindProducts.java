package kassa.application.port.in.catalogue;

import java.util.List;
import java.util.Optional;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Reads the catalogue. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the answer cannot be had; absence is
 * answered only when it is certain.
 */
public interface FindProducts {

  /** The most products of one page. */
  int MAX_PAGE_SIZE = 200;

  /** The product of this sku, if there is one. */
  Optional<Product> bySku(Sku sku);

  /**
   * A page of the products, by their sku, rising. Walking from page to page meets every product
   * that is there throughout the walk exactly once, whatever else comes and goes.
   *
   * @param query which page
   */
  Page listBySku(Query query);

  /**
   * Which page.
   *
   * @param after the sku behind which the page begins; the first product if {@code null}
   * @param limit the most products that the page may hold, 1 to {@value #MAX_PAGE_SIZE}
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
   * Some products, in their order.
   *
   * @param products the products
   * @param next the sku behind which the next page begins; {@code null} on the last page
   */
  record Page(List<Product> products, @Nullable Sku next) {

    public Page {
      products = List.copyOf(products);
    }
  }
}
