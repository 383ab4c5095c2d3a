package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.out.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/**
 * Changes the catalogue. What depends on the product that is there is decided on what was read, and
 * decided again if another changed it in between; each such round means that the other came on.
 */
public final class ProductKeeping implements KeepProducts {

  private final ProductStore products;
  private final InstantSource clock;

  public ProductKeeping(ProductStore products, InstantSource clock) {
    this.products = products;
    this.clock = clock;
  }

  @Override
  public CreateOutcome create(ProductDetails details, @Nullable KeyedCall<Product> call) {
    Product product = Product.created(details, now());
    return switch (products.create(product, call == null ? null : call.keep(product))) {
      case DONE -> new Created(product);
      case SKU_TAKEN -> new SkuTaken();
      case KEY_TAKEN -> new KeyTaken();
    };
  }

  @Override
  public PutOutcome put(PutCommand command) {
    return command.onlyIf() == null
        ? putAll(List.of(command.product())).getFirst()
        : replaceIf(command.product(), command.onlyIf());
  }

  @Override
  public List<Kept> putAll(List<ProductDetails> details) {
    if (details.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("at most " + MOST_AT_ONCE + " products are put at once");
    }
    return products.putAll(details, now()).stream().map(ProductKeeping::kept).toList();
  }

  @Override
  public DeleteOutcome delete(DeleteCommand command) {
    while (true) {
      Product present = find(command.sku());
      if (present == null) {
        return new Absent();
      }
      if (command.onlyIf() != null && !command.onlyIf().test(present)) {
        return new ConditionFailed();
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
        return new ConditionFailed();
      }
      Product replacement = present.replacedBy(details, now());
      if (products.replace(replacement)) {
        return new Replaced(replacement);
      }
    }
  }

  private @Nullable Product find(Sku sku) {
    return products.find(List.of(sku)).get(sku);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Kept kept(Product product) {
    return product.version() == 1 ? new Created(product) : new Replaced(product);
  }
}
