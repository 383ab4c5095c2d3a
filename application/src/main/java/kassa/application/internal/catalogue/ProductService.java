package kassa.application.internal.catalogue;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Creates, replaces and deletes products of the catalogue, with optimistic locking. A conditional
 * change reads the product, checks the precondition and retries after a concurrent change. Each
 * retry means that a concurrent change succeeded, so there is no livelock.
 */
public final class ProductService implements ManageProducts {

  private final ProductStore products;
  private final InstantSource clock;

  public ProductService(ProductStore products, InstantSource clock) {
    this.products = products;
    this.clock = clock;
  }

  @Override
  public CreateOutcome create(
      ProductDetails details, @Nullable IdempotentRequest<Product> request) {
    Product product = Product.create(details, clock.instant());
    return switch (products.create(product, request == null ? null : request.toRecord(product))) {
      case DONE -> new Created(product);
      case SKU_TAKEN -> new SkuTaken();
      case KEY_TAKEN -> new KeyTaken();
    };
  }

  @Override
  public PutOutcome put(PutCommand command) {
    return command.precondition() == null
        ? putAll(List.of(command.product())).getFirst()
        : replaceIf(command.product(), command.precondition());
  }

  @Override
  public List<Stored> putAll(List<ProductDetails> details) {
    if (details.size() > MAX_BATCH_SIZE) {
      throw new IllegalArgumentException(
          "at most " + MAX_BATCH_SIZE + " products can be put in one call");
    }
    return products.putAll(details, clock.instant()).stream()
        .map(ProductService::toStored)
        .toList();
  }

  @Override
  public DeleteOutcome delete(DeleteCommand command) {
    while (true) {
      Product present = find(command.sku());
      if (present == null) {
        return new NotFound();
      }
      if (command.precondition() != null && !command.precondition().test(present)) {
        return new PreconditionFailed();
      }
      if (products.delete(present)) {
        return new Deleted();
      }
    }
  }

  private PutOutcome replaceIf(ProductDetails details, Predicate<Product> condition) {
    while (true) {
      Product present = find(details.sku());
      if (present == null || !condition.test(present)) {
        return new PreconditionFailed();
      }
      Product replacement = present.replacedBy(details, clock.instant());
      if (products.replace(replacement)) {
        return new Replaced(replacement);
      }
    }
  }

  private @Nullable Product find(Sku sku) {
    return products.find(List.of(sku)).get(sku);
  }

  private static Stored toStored(Product product) {
    return product.version() == 1 ? new Created(product) : new Replaced(product);
  }
}
