package kassa.adapters.persistence.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/** Stores products and their tags. Thread-safe. */
public final class JdbiProductStore implements ProductStore {

  private final Database database;

  public JdbiProductStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<Sku, Product> find(Collection<Sku> skus) {
    return skus.isEmpty()
        ? Map.of()
        : database.query("find products", handle -> ProductReader.find(handle, skus));
  }

  @Override
  public List<Product> listBySku(@Nullable Sku after, int limit) {
    return database.read("list products", handle -> ProductReader.listBySku(handle, after, limit));
  }

  @Override
  public boolean create(Product product, @Nullable IdempotencyRecord idempotencyRecord) {
    try {
      return database.inTransaction(
          "insert a product",
          handle -> {
            ProductWriter.insert(handle, List.of(product));
            JdbiIdempotencyStore.insert(handle, database.dialect(), idempotencyRecord);
            return true;
          });
    } catch (WriteConflictException conflict) {
      return false;
    }
  }

  @Override
  public boolean replace(Product product) {
    return database.inTransaction(
        "replace a product", handle -> ProductWriter.replace(handle, product));
  }

  @Override
  public List<Product> putAll(List<ProductDetails> products, Instant at) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "upsert products", handle -> ProductWriter.upsertAll(handle, products, at)));
  }

  @Override
  public boolean delete(Product product) {
    return database.inTransaction(
        "delete a product", handle -> ProductWriter.delete(handle, product));
  }
}
