package kassa.application.port.out.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Product store. Thread-safe. Every method throws {@link StoreUnavailableException} when the store
 * cannot be used; an empty result always means that no such product exists.
 *
 * <p>Each SKU has at most one product. Writes are atomic, and durable when the method returns.
 * There are no lost updates: a write that is based on an outdated version is rejected, or it is
 * applied to the current version.
 */
public interface ProductStore {

  /**
   * Returns a store whose changes have events with this actor.
   *
   * @param actor the name of the caller; {@code null} if unknown
   */
  default ProductStore by(@Nullable String actor) {
    return this;
  }

  /**
   * Returns the products with these SKUs, read in one query as a consistent snapshot.
   *
   * @return the products by their SKU; SKUs without a product are missing
   */
  Map<Sku, Product> find(Collection<Sku> skus);

  /**
   * Lists products in ascending order of their SKU.
   *
   * @param after list products after this SKU; {@code null} to start at the first
   * @param limit the maximum number of products, 1 or more
   */
  List<Product> listBySku(@Nullable Sku after, int limit);

  /**
   * Creates a product and stores the idempotency record of the request in the same transaction.
   *
   * @param idempotencyRecord {@code null} if the request has no idempotency key
   * @return {@code false} if a product with this SKU exists; nothing was changed then
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  boolean create(Product product, @Nullable IdempotencyRecord idempotencyRecord);

  /**
   * Replaces the previous version of a product (optimistic locking).
   *
   * @param product the new version: one above the stored version, with the same time of creation
   * @return {@code false} if the stored version is another one or does not exist; nothing was
   *     changed then
   */
  boolean replace(Product product);

  /**
   * Creates or replaces products atomically: all or none.
   *
   * @param products any number of products, including none; if several have the same SKU, each
   *     replaces the previous one
   * @param at the time of the change
   * @return the stored products, in the order of {@code products}; version 1 if the product was
   *     created
   */
  List<Product> putAll(List<ProductDetails> products, Instant at);

  /**
   * Deletes a product (optimistic locking).
   *
   * @param product the product with the stored version and time of creation
   * @param at the time of the deletion, to the microsecond
   * @return {@code false} if the stored version is another one or does not exist; nothing was
   *     changed then
   */
  boolean delete(Product product, Instant at);
}
