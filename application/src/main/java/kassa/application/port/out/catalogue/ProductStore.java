package kassa.application.port.out.catalogue;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the catalogue. Implementations may be called by any number of threads. Every method throws
 * {@link StoreUnavailableException} when the store cannot be asked; absence is never answered
 * instead.
 *
 * <p>There is one product of a sku at most. A product is kept whole or not at all, and a change is
 * durable when its method returns. Nobody's change is lost: who changes what another has changed
 * since is told so, or changes what the other made of it.
 */
public interface ProductStore {

  /**
   * The products of these skus, read as of one moment by one question.
   *
   * @return only those that there are
   */
  Map<Sku, Product> find(Collection<Sku> skus);

  /**
   * Products by their sku, rising.
   *
   * @param after the sku behind which to begin; at the first if {@code null}
   * @param limit the most products to return, 1 or more
   */
  List<Product> listBySku(@Nullable Sku after, int limit);

  /**
   * Keeps a product whose sku is free, and with it the answer to the call that creates it.
   *
   * @param idempotencyRecord {@code null} if the call has no key
   */
  CreateResult create(Product product, @Nullable IdempotencyRecord idempotencyRecord);

  /** What came of a creation. */
  enum CreateResult {
    /** The product is kept. */
    DONE,
    /** There is a product of the sku; nothing is changed. */
    SKU_TAKEN,
    /** There is an answer under the key of the call already; nothing is changed. */
    KEY_TAKEN
  }

  /**
   * Keeps a product whose sku is free.
   *
   * @return {@code false} if the sku is taken, and then nothing is changed
   */
  default boolean create(Product product) {
    return create(product, null) == CreateResult.DONE;
  }

  /**
   * Puts a product in the place of the version before it.
   *
   * @param product one version above what is there, and created at the same time
   * @return {@code false} if something else is there, or nothing, and then nothing is changed
   */
  boolean replace(Product product);

  /**
   * Creates or replaces products, all of them or none.
   *
   * @param products any number, none too; a sku may stand among them several times, and then each
   *     replaces the one before it
   * @param at when that is
   * @return what each became, in the order of the products; of version 1 if it was created
   */
  List<Product> putAll(List<ProductDetails> products, Instant at);

  /**
   * Takes a product away.
   *
   * @param product of the version and the time of creation that are there
   * @return {@code false} if something else is there, or nothing, and then nothing is changed
   */
  boolean delete(Product product);
}
