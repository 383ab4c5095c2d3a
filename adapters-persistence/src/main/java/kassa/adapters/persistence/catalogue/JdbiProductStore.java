package kassa.adapters.persistence.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.event.EventType;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores products and their tags. Thread-safe. */
public final class JdbiProductStore implements ProductStore {

  private static final int EVENT_LOCK = 1;

  private final Database database;
  private final @Nullable String actor;

  public JdbiProductStore(Database database) {
    this(database, null);
  }

  private JdbiProductStore(Database database, @Nullable String actor) {
    this.database = database;
    this.actor = actor;
  }

  @Override
  public ProductStore by(@Nullable String caller) {
    return new JdbiProductStore(database, caller);
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
      return write(
          "insert a product",
          handle -> {
            ProductWriter.insert(handle, List.of(product));
            insertEvents(handle, List.of(product));
            JdbiIdempotencyStore.insert(handle, database.dialect(), idempotencyRecord);
            return true;
          });
    } catch (WriteConflictException conflict) {
      return false;
    }
  }

  @Override
  public boolean replace(Product product) {
    return write(
        "replace a product",
        handle -> {
          boolean replaced = ProductWriter.replace(handle, product);
          if (replaced) {
            insertEvents(handle, List.of(product));
          }
          return replaced;
        });
  }

  @Override
  public List<Product> putAll(List<ProductDetails> products, Instant at) {
    return TransactionRetry.run(() ->
        write(
            "upsert products",
            handle -> {
              List<Product> stored = ProductWriter.upsertAll(handle, products, at);
              insertEvents(handle, stored);
              return stored;
            }));
  }

  @Override
  public boolean delete(Product product, Instant at) {
    return write(
        "delete a product",
        handle -> {
          boolean deleted = ProductWriter.delete(handle, product);
          if (deleted) {
            EventWriter.insert(
                handle,
                database.dialect(),
                List.of(ProductSnapshot.toDeletion(product, actor, at)));
          }
          return deleted;
        });
  }

  private <T> T write(String purpose, Function<Handle, T> work) {
    return database.inTransaction(
        purpose,
        handle -> {
          EventWriter.lockWriters(handle, database.dialect(), EVENT_LOCK);
          return work.apply(handle);
        });
  }

  private void insertEvents(Handle handle, List<Product> products) {
    List<NewEvent> events =
        products.stream()
            .map(product ->
                ProductSnapshot.toEvent(
                    product.version() == 1 ? EventType.PRODUCT_CREATED : EventType.PRODUCT_UPDATED,
                    product,
                    actor))
            .toList();
    EventWriter.insert(handle, database.dialect(), events);
  }
}
