package kassa.application.internal.catalogue;

import static kassa.contract.fixture.SampleProducts.plain;
import static kassa.contract.fixture.SampleProducts.priced;
import static kassa.contract.fixture.SampleProducts.rich;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.catalogue.ManageProducts.Created;
import kassa.application.port.in.catalogue.ManageProducts.DeleteCommand;
import kassa.application.port.in.catalogue.ManageProducts.Deleted;
import kassa.application.port.in.catalogue.ManageProducts.NotFound;
import kassa.application.port.in.catalogue.ManageProducts.PreconditionFailed;
import kassa.application.port.in.catalogue.ManageProducts.PutCommand;
import kassa.application.port.in.catalogue.ManageProducts.Replaced;
import kassa.application.port.in.catalogue.ManageProducts.SkuTaken;
import kassa.contract.memory.InMemoryProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.junit.jupiter.api.Test;

class ProductServiceTest {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00.123456Z");
  private static final Sku MUG = new Sku("MUG");

  private final InMemoryProductStore store = new InMemoryProductStore();
  private final ManageProducts service =
      new ProductService(store, InstantSource.fixed(NOON), Recording.none());

  @Test
  void creation_time_has_microsecond_precision() {
    Product created = Product.create(rich("MUG"), NOON);

    assertThat(service.create(rich("MUG"))).isEqualTo(new Created(created));
    assertThat(store.listBySku(null, 10)).containsExactly(created);
  }

  @Test
  void rejects_a_duplicate_sku() {
    service.create(rich("MUG"));

    assertThat(service.create(plain("MUG"))).isEqualTo(new SkuTaken());
    assertThat(present()).isEqualTo(Product.create(rich("MUG"), NOON));
  }

  @Test
  void puts_new_and_existing_products() {
    Product created = Product.create(rich("MUG"), NOON);
    Product replaced = created.replacedBy(plain("MUG"), NOON);

    assertThat(service.put(new PutCommand(rich("MUG"), null))).isEqualTo(new Created(created));
    assertThat(service.put(new PutCommand(plain("MUG"), null))).isEqualTo(new Replaced(replaced));
    assertThat(present()).isEqualTo(replaced);
  }

  @Test
  void conditional_put_requires_the_precondition() {
    assertThat(service.put(new PutCommand(rich("MUG"), any -> true)))
        .as("unknown product")
        .isEqualTo(new PreconditionFailed());
    service.create(rich("MUG"));

    assertThat(service.put(new PutCommand(plain("MUG"), version(2))))
        .isEqualTo(new PreconditionFailed());
    assertThat(present().version()).isEqualTo(1);
    assertThat(service.put(new PutCommand(plain("MUG"), version(1))))
        .isEqualTo(new Replaced(Product.create(rich("MUG"), NOON).replacedBy(plain("MUG"), NOON)));
    assertThat(present().version()).isEqualTo(2);
  }

  @Test
  void retries_after_a_concurrent_change() {
    service.create(rich("MUG"));
    Runnable change = onlyOnce(() -> service.put(new PutCommand(priced("MUG", "1"), null)));

    assertThat(service.put(new PutCommand(plain("MUG"), runningOnTest(change, version(1)))))
        .isEqualTo(new PreconditionFailed());
    assertThat(present().details()).isEqualTo(priced("MUG", "1"));

    Runnable another = onlyOnce(() -> service.put(new PutCommand(priced("MUG", "2"), null)));
    assertThat(service.put(new PutCommand(plain("MUG"), runningOnTest(another, any -> true))))
        .isInstanceOf(Replaced.class);
    assertThat(present().version()).isEqualTo(4);
  }

  @Test
  void puts_many_and_reports_created_or_replaced() {
    service.create(plain("MUG"));

    assertThat(service.putAll(List.of(rich("PEN"), rich("MUG"), plain("PEN"))))
        .hasExactlyElementsOfTypes(Created.class, Replaced.class, Replaced.class);
  }

  @Test
  void puts_at_most_500_products() {
    List<ProductDetails> max = Collections.nCopies(500, plain("MUG"));

    assertThat(service.putAll(max)).hasSize(500);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> service.putAll(Collections.nCopies(501, plain("MUG"))));
    assertThat(present().version()).isEqualTo(500);
  }

  @Test
  void conditional_delete_requires_the_precondition() {
    service.create(rich("MUG"));

    assertThat(service.delete(new DeleteCommand(new Sku("PEN"), version(1))))
        .isEqualTo(new NotFound());
    assertThat(service.delete(new DeleteCommand(MUG, version(2))))
        .isEqualTo(new PreconditionFailed());
    assertThat(store.find(List.of(MUG))).hasSize(1);
    assertThat(service.delete(new DeleteCommand(MUG, version(1)))).isEqualTo(new Deleted());
    assertThat(service.delete(new DeleteCommand(MUG, null))).isEqualTo(new NotFound());
  }

  @Test
  void conditional_delete_checks_a_concurrently_changed_product() {
    service.create(rich("MUG"));
    Runnable change = onlyOnce(() -> service.put(new PutCommand(plain("MUG"), null)));

    assertThat(service.delete(new DeleteCommand(MUG, runningOnTest(change, version(1)))))
        .isEqualTo(new PreconditionFailed());

    Runnable another = onlyOnce(() -> service.put(new PutCommand(plain("MUG"), null)));
    assertThat(service.delete(new DeleteCommand(MUG, runningOnTest(another, any -> true))))
        .isEqualTo(new Deleted());
  }

  private Product present() {
    return store.listBySku(null, 10).getFirst();
  }

  private static Predicate<Product> version(int version) {
    return product -> product.version() == version;
  }

  /** Runs an action between the read and the write, to simulate a concurrent change. */
  private static Predicate<Product> runningOnTest(Runnable action, Predicate<Product> condition) {
    return product -> {
      action.run();
      return condition.test(product);
    };
  }

  private static Runnable onlyOnce(Runnable action) {
    var remaining = List.of(action).iterator();
    return () -> {
      if (remaining.hasNext()) {
        remaining.next().run();
      }
    };
  }
}
