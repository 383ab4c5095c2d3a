package kassa.application.port.in.catalogue;

import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.Recording;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Creates, replaces and deletes products of the catalogue. A change is durable when its method
 * returns. Every method throws {@link kassa.application.port.out.StoreUnavailableException} if the
 * change failed or if its outcome is unknown.
 */
public interface ManageProducts {

  /** Maximum number of products in {@link #putAll}. */
  int MAX_BATCH_SIZE = 500;

  /**
   * Creates a product.
   *
   * @param product the details of the new product
   */
  CreateOutcome create(ProductDetails product);

  /** Returns this use case with an idempotency record of each created product. */
  ManageProducts recording(Recording<Product> recording);

  /** Creates a product, or replaces the product with the same SKU. */
  PutOutcome put(PutCommand command);

  /**
   * Creates or replaces several products atomically: all or none.
   *
   * @param products at most {@value #MAX_BATCH_SIZE}; if several have the same SKU, each replaces
   *     the previous one
   * @return one outcome per product, in the order of the products
   * @throws IllegalArgumentException if there are more products
   */
  List<Stored> putAll(List<ProductDetails> products);

  /** Deletes a product from the catalogue. */
  DeleteOutcome delete(DeleteCommand command);

  /**
   * Command to create or replace a product.
   *
   * @param product the new details of the product
   * @param precondition must be true for the stored product, otherwise nothing changes; {@code
   *     null} for an unconditional put, whether or not the product exists
   */
  record PutCommand(ProductDetails product, @Nullable Predicate<Product> precondition) {}

  /**
   * Command to delete a product.
   *
   * @param sku the SKU of the product
   * @param precondition must be true for the stored product, otherwise nothing changes; {@code
   *     null} for an unconditional delete
   */
  record DeleteCommand(Sku sku, @Nullable Predicate<Product> precondition) {}

  /** Outcome of {@link #create}. */
  sealed interface CreateOutcome {}

  /** Outcome of {@link #put}. */
  sealed interface PutOutcome {}

  /** Outcome of {@link #delete}. */
  sealed interface DeleteOutcome {}

  /** The product is stored in the catalogue. */
  sealed interface Stored extends PutOutcome {}

  /**
   * The product did not exist and was created.
   *
   * @param product the product as stored
   */
  record Created(Product product) implements CreateOutcome, Stored {}

  /**
   * A product with the same SKU existed and was replaced.
   *
   * @param product the product as stored
   */
  record Replaced(Product product) implements Stored {}

  /** The product was deleted. */
  record Deleted() implements DeleteOutcome {}

  /** A product with this SKU exists already; nothing was changed. */
  record SkuTaken() implements CreateOutcome {}

  /** No product with this SKU exists. */
  record NotFound() implements DeleteOutcome {}

  /**
   * The precondition is false for the stored product, or no product exists; nothing was changed.
   */
  record PreconditionFailed() implements PutOutcome, DeleteOutcome {}
}
