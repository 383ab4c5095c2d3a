package kassa.adapters.persistence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/** Keeps the catalogue in two tables. May be used by any number of threads. */
final class JdbiProductStore implements ProductStore {

  private final Database database;

  JdbiProductStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<Sku, Product> find(Collection<Sku> skus) {
    return skus.isEmpty()
        ? Map.of()
        : database.ask("find products", handle -> ProductReader.find(handle, skus));
  }

  @Override
  public List<Product> risingBySku(@Nullable Sku after, int limit) {
    return database.ask("list products", handle -> ProductReader.rising(handle, after, limit));
  }

  @Override
  public Creation create(Product product, @Nullable KeptAnswer answer) {
    try {
      return JdbiAnswerStore.unlessKeyIsTaken(
          () ->
              database.change(
                  "keep a product",
                  handle -> {
                    ProductWriter.insert(handle, List.of(product));
                    JdbiAnswerStore.insert(handle, answer, product.createdAt());
                    return Creation.DONE;
                  }),
          Creation.KEY_TAKEN);
    } catch (OvertakenException taken) {
      return Creation.SKU_TAKEN;
    }
  }

  @Override
  public boolean replace(Product product) {
    return database.change("replace a product", handle -> ProductWriter.replace(handle, product));
  }

  @Override
  public List<Product> putAll(List<ProductDetails> products, Instant at) {
    return Retries.run(() ->
        database.change("keep products", handle -> ProductWriter.putAll(handle, products, at)));
  }

  @Override
  public boolean delete(Product product) {
    return database.change("delete a product", handle -> ProductWriter.delete(handle, product));
  }
}
