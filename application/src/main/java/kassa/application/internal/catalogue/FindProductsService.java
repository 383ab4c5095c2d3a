package kassa.application.internal.catalogue;

import java.util.List;
import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

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
  public Slice<Product> listBySku(@Nullable Sku after, int limit) {
    return Slice.read(limit, count -> products.listBySku(after, count));
  }
}
