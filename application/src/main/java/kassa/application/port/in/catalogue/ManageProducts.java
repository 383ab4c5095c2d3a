package kassa.application.port.in.catalogue;

import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Changes the catalogue. What is answered as done is durable. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} if that could not be done, or if it is not
 * known whether it was.
 */
public interface ManageProducts {

  /** The most products that are put at once. */
  int MAX_BATCH_SIZE = 500;

  /**
   * Keeps a product whose sku is free.
   *
   * @param request the call that creates it, if that has a key; its answer is kept with the product
   */
  CreateOutcome create(ProductDetails product, @Nullable IdempotentRequest<Product> request);

  /** Keeps a product as above, for a call without a key. */
  default CreateOutcome create(ProductDetails product) {
    return create(product, null);
  }

  /** Creates a product, or replaces the one of its sku. */
  PutOutcome put(PutCommand command);

  /**
   * Creates or replaces several products, all of them or none.
   *
   * @param products at most {@value #MAX_BATCH_SIZE}; of several of one sku, each replaces the one
   *     before it
   * @return one outcome for each product, in the order of the products
   * @throws IllegalArgumentException if there are more
   */
  List<Stored> putAll(List<ProductDetails> products);

  /** Takes a product out of the catalogue. */
  DeleteOutcome delete(DeleteCommand command);

  /**
   * What to put.
   *
   * @param product what the shop says of it
   * @param precondition what must hold of the product that is there; whatever is there, or nothing,
   *     is fine if {@code null}
   */
  record PutCommand(ProductDetails product, @Nullable Predicate<Product> precondition) {}

  /**
   * What to delete.
   *
   * @param sku the product's
   * @param precondition what must hold of the product that is there; anything if {@code null}
   */
  record DeleteCommand(Sku sku, @Nullable Predicate<Product> precondition) {}

  /** What came of creating. */
  sealed interface CreateOutcome {}

  /** What came of putting. */
  sealed interface PutOutcome {}

  /** What came of deleting. */
  sealed interface DeleteOutcome {}

  /** The product is in the catalogue now. */
  sealed interface Stored extends PutOutcome {}

  /**
   * It is new there.
   *
   * @param product the product as it is kept
   */
  record Created(Product product) implements CreateOutcome, Stored {}

  /**
   * There was one of this sku before.
   *
   * @param product the product as it is kept
   */
  record Replaced(Product product) implements Stored {}

  /** It is no longer there. */
  record Deleted() implements DeleteOutcome {}

  /** There is a product of this sku already; nothing was changed. */
  record SkuTaken() implements CreateOutcome {}

  /** There is an answer under the key of the call already; nothing was changed. */
  record KeyTaken() implements CreateOutcome {}

  /** There is no product of this sku. */
  record NotFound() implements DeleteOutcome {}

  /** What had to hold of the product that is there does not; nothing was changed. */
  record PreconditionFailed() implements PutOutcome, DeleteOutcome {}
}
