package kassa.application.internal.catalogue;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.Recording;
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
  private final Recording<Product> recording;

  /**
   * @param recording records each created product
   */
  public ProductService(ProductStore products, InstantSource clock, Recording<Product> recording) {
    this.products = products;
    this.clock = clock;
    this.recording = recording;
  }

  @Override
  public ManageProducts recording(Recording<Product> other) {
    return new ProductService(products, clock, other);
  }

  @Override
  public CreateOutcome create(ProductDetails details) {
    Product product = Product.create(details, clock.instant());
    return products.create(product, recording.of(product, product.createdAt()))
        ? new Created(product)
        : new SkuTaken();
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
      if (products.delete(present, clock.instant())) {
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
