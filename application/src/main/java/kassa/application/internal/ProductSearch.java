package kassa.application.internal;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.FindProducts;
import kassa.application.port.out.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;

/** Reads products. */
public final class ProductSearch implements FindProducts {

  private final ProductStore products;

  public ProductSearch(ProductStore products) {
    this.products = products;
  }

  @Override
  public Optional<Product> bySku(Sku sku) {
    return products.find(List.of(sku)).values().stream().findFirst();
  }

  @Override
  public Page risingBySku(Query query) {
    // One more than asked for tells whether there is a next page.
    List<Product> found = products.risingBySku(query.after(), query.limit() + 1);
    if (found.size() <= query.limit()) {
      return new Page(found, null);
    }
    List<Product> page = found.subList(0, query.limit());
    return new Page(page, page.getLast().sku());
  }
}
