package kassa.application.internal;

import static kassa.contract.SampleProducts.plain;
import static kassa.contract.SampleProducts.priced;
import static kassa.contract.SampleProducts.rich;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.KeepProducts.Absent;
import kassa.application.port.in.KeepProducts.ConditionFailed;
import kassa.application.port.in.KeepProducts.Created;
import kassa.application.port.in.KeepProducts.DeleteCommand;
import kassa.application.port.in.KeepProducts.Deleted;
import kassa.application.port.in.KeepProducts.PutCommand;
import kassa.application.port.in.KeepProducts.Replaced;
import kassa.application.port.in.KeepProducts.SkuTaken;
import kassa.contract.InMemoryProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.junit.jupiter.api.Test;

class ProductKeepingTest {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00.123456Z");
  private static final Sku MUG = new Sku("MUG");

  private final InMemoryProductStore store = new InMemoryProductStore();
  private final KeepProducts keeping =
      new ProductKeeping(store, InstantSource.fixed(NOON.plusNanos(789)));

  @Test
  void creates_a_product_at_the_time_of_the_clock_to_the_microsecond() {
    Product created = Product.created(rich("MUG"), NOON);

    assertThat(keeping.create(rich("MUG"))).isEqualTo(new Created(created));
    assertThat(store.risingBySku(null, 10)).containsExactly(created);
  }

  @Test
  void creates_nothing_where_the_sku_is_taken() {
    keeping.create(rich("MUG"));

    assertThat(keeping.create(plain("MUG"))).isEqualTo(new SkuTaken());
    assertThat(present()).isEqualTo(Product.created(rich("MUG"), NOON));
  }

  @Test
  void puts_a_product_whether_there_is_one_or_not() {
    Product created = Product.created(rich("MUG"), NOON);
    Product replaced = created.replacedBy(plain("MUG"), NOON);

    assertThat(keeping.put(new PutCommand(rich("MUG"), null))).isEqualTo(new Created(created));
    assertThat(keeping.put(new PutCommand(plain("MUG"), null))).isEqualTo(new Replaced(replaced));
    assertThat(present()).isEqualTo(replaced);
  }

  @Test
  void puts_a_product_in_the_place_of_one_that_meets_the_condition_only() {
    assertThat(keeping.put(new PutCommand(rich("MUG"), any -> true)))
        .as("nothing is there")
        .isEqualTo(new ConditionFailed());
    keeping.create(rich("MUG"));

    assertThat(keeping.put(new PutCommand(plain("MUG"), version(2))))
        .isEqualTo(new ConditionFailed());
    assertThat(present().version()).isEqualTo(1);
    assertThat(keeping.put(new PutCommand(plain("MUG"), version(1))))
        .isEqualTo(new Replaced(Product.created(rich("MUG"), NOON).replacedBy(plain("MUG"), NOON)));
    assertThat(present().version()).isEqualTo(2);
  }

  @Test
  void looks_again_when_another_changed_the_product_meanwhile() {
    keeping.create(rich("MUG"));
    Runnable change = once(() -> keeping.put(new PutCommand(priced("MUG", "1"), null)));

    assertThat(keeping.put(new PutCommand(plain("MUG"), whileDoing(change, version(1)))))
        .isEqualTo(new ConditionFailed());
    assertThat(present().details()).isEqualTo(priced("MUG", "1"));

    Runnable another = once(() -> keeping.put(new PutCommand(priced("MUG", "2"), null)));
    assertThat(keeping.put(new PutCommand(plain("MUG"), whileDoing(another, any -> true))))
        .isInstanceOf(Replaced.class);
    assertThat(present().version()).isEqualTo(4);
  }

  @Test
  void puts_many_and_tells_of_each_whether_it_is_new() {
    keeping.create(plain("MUG"));

    assertThat(keeping.putAll(List.of(rich("PEN"), rich("MUG"), plain("PEN"))))
        .hasExactlyElementsOfTypes(Created.class, Replaced.class, Replaced.class);
  }

  @Test
  void puts_500_at_once_and_no_more() {
    List<ProductDetails> most = Collections.nCopies(500, plain("MUG"));

    assertThat(keeping.putAll(most)).hasSize(500);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keeping.putAll(Collections.nCopies(501, plain("MUG"))));
    assertThat(present().version()).isEqualTo(500);
  }

  @Test
  void deletes_a_product_that_meets_the_condition_if_there_is_one() {
    keeping.create(rich("MUG"));

    assertThat(keeping.delete(new DeleteCommand(new Sku("PEN"), version(1))))
        .isEqualTo(new Absent());
    assertThat(keeping.delete(new DeleteCommand(MUG, version(2)))).isEqualTo(new ConditionFailed());
    assertThat(store.find(List.of(MUG))).hasSize(1);
    assertThat(keeping.delete(new DeleteCommand(MUG, version(1)))).isEqualTo(new Deleted());
    assertThat(keeping.delete(new DeleteCommand(MUG, null))).isEqualTo(new Absent());
  }

  @Test
  void deletes_what_another_made_of_the_product_only_if_that_meets_the_condition() {
    keeping.create(rich("MUG"));
    Runnable change = once(() -> keeping.put(new PutCommand(plain("MUG"), null)));

    assertThat(keeping.delete(new DeleteCommand(MUG, whileDoing(change, version(1)))))
        .isEqualTo(new ConditionFailed());

    Runnable another = once(() -> keeping.put(new PutCommand(plain("MUG"), null)));
    assertThat(keeping.delete(new DeleteCommand(MUG, whileDoing(another, any -> true))))
        .isEqualTo(new Deleted());
  }

  private Product present() {
    return store.risingBySku(null, 10).getFirst();
  }

  private static Predicate<Product> version(int version) {
    return product -> product.version() == version;
  }

  /** Another comes between the reading and the writing. */
  private static Predicate<Product> whileDoing(Runnable happening, Predicate<Product> condition) {
    return product -> {
      happening.run();
      return condition.test(product);
    };
  }

  private static Runnable once(Runnable happening) {
    var left = List.of(happening).iterator();
    return () -> {
      if (left.hasNext()) {
        left.next().run();
      }
    };
  }
}
