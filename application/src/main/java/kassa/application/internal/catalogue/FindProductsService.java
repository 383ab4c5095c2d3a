package kassa.application.internal.catalogue;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;

/** Finds and lists products of the catalogue. */
public final class FindProductsService implements FindProducts {

  private final ProductStore products;

  public FindProductsService(ProductStore products) {
    this.products = products;
  }

  @Override
  public Optional<Product> bySku(Sku sku) {
    return products.find(List.of(sku)).values().stream().findFirst();
  }

  @Override
  public Page listBySku(Query query) {
    // Fetches one extra row to detect whether there is a next page.
    List<Product> found = products.listBySku(query.after(), query.limit() + 1);
    if (found.size() <= query.limit()) {
      return new Page(found, null);
    }
    List<Product> page = found.subList(0, query.limit());
    return new Page(page, page.getLast().sku());
  }
}
