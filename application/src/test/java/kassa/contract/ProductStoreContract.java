package kassa.contract;

import static kassa.contract.fixture.SampleProducts.START;
import static kassa.contract.fixture.SampleProducts.created;
import static kassa.contract.fixture.SampleProducts.plain;
import static kassa.contract.fixture.SampleProducts.priced;
import static kassa.contract.fixture.SampleProducts.rich;
import static kassa.contract.fixture.SampleProducts.withMaxValues;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of {@link ProductStore}: tests that every implementation has to pass, starting with an
 * empty store.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ProductStoreContract {

  private static final int THREADS = 4;
  private static final int ROUNDS = 12;
  private static final Instant LATER = START.plusSeconds(3600);

  /** Store under test; empty at the start of a test. */
  protected abstract ProductStore store();

  /** Makes the store unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void finds_products_by_sku_as_created() {
    Product plain = create(plain("MUG"));
    Product rich = create(rich("Käse/jung 100%"));
    Product maxProduct = create(withMaxValues("x".repeat(Sku.MAX_LENGTH)));

    assertThat(store().find(List.of(rich.sku()))).isEqualTo(Map.of(rich.sku(), rich));
    assertThat(store().find(List.of(plain.sku(), maxProduct.sku(), plain.sku())))
        .isEqualTo(Map.of(plain.sku(), plain, maxProduct.sku(), maxProduct));
  }

  @Test
  void unknown_product_is_not_found() {
    Product product = create(plain("MUG"));

    assertThat(store().find(List.of())).isEmpty();
    assertThat(store().find(List.of(new Sku("mug"), new Sku("MUG2")))).isEmpty();
    assertThat(store().find(List.of(new Sku("mug"), product.sku())))
        .containsOnlyKeys(product.sku());
  }

  @Test
  void rejects_a_duplicate_sku() {
    Product first = create(rich("MUG"));

    assertThat(store().create(Product.create(plain("MUG"), LATER), null)).isFalse();

    assertThat(all()).containsExactly(first);
  }

  @Test
  void replaces_a_version_by_the_next() {
    Product first = create(rich("MUG"));
    Product second = first.replacedBy(priced("MUG", "9.99"), LATER);
    Product third = second.replacedBy(rich("MUG"), START);

    assertThat(store().replace(second)).isTrue();
    assertThat(all()).containsExactly(second);
    assertThat(store().replace(third)).isTrue();
    assertThat(all()).containsExactly(third);
  }

  @Test
  void rejects_a_replacement_of_another_version() {
    Product first = create(plain("MUG"));
    Product second = first.replacedBy(rich("MUG"), LATER);
    store().replace(second);
    Product recreated = Product.create(plain("MUG"), LATER).replacedBy(plain("MUG"), LATER);

    assertThat(store().replace(first.replacedBy(plain("MUG"), LATER)))
        .as("stale version")
        .isFalse();
    assertThat(store().replace(first)).as("same version").isFalse();
    assertThat(store().replace(recreated.replacedBy(plain("MUG"), LATER)))
        .as("same version, another time of creation")
        .isFalse();
    assertThat(store().replace(created(plain("PEN")).replacedBy(plain("PEN"), LATER)))
        .as("unknown product")
        .isFalse();

    assertThat(all()).containsExactly(second);
  }

  @Test
  void deletes_only_the_expected_version() {
    Product mug = create(rich("MUG"));
    Product pen = create(rich("PEN"));
    Product newer = pen.replacedBy(plain("PEN"), LATER);

    assertThat(store().delete(newer, LATER)).as("another version").isFalse();
    assertThat(store().delete(Product.create(rich("PEN"), LATER), LATER))
        .as("another time of creation")
        .isFalse();
    assertThat(store().delete(created(rich("CUP")), LATER)).as("unknown product").isFalse();
    assertThat(all()).containsExactly(mug, pen);

    assertThat(store().delete(mug, LATER)).isTrue();
    assertThat(store().delete(mug, LATER)).isFalse();
    assertThat(all()).containsExactly(pen);
  }

  @Test
  void a_sku_is_free_again_once_its_product_is_deleted() {
    store().delete(create(rich("MUG")), LATER);

    Product another = create(plain("MUG"));

    assertThat(all()).containsExactly(another);
  }

  @Test
  void puts_new_and_existing_products() {
    Product mug = create(rich("MUG"));
    Product pen = create(rich("PEN"));
    List<ProductDetails> put =
        List.of(rich("CUP"), priced("MUG", "1"), plain("A"), priced("PEN", "2"));

    List<Product> stored = store().putAll(put, LATER);

    assertThat(stored)
        .containsExactly(
            Product.create(put.get(0), LATER),
            mug.replacedBy(put.get(1), LATER),
            Product.create(put.get(2), LATER),
            pen.replacedBy(put.get(3), LATER));
    assertThat(all()).containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void puts_several_of_one_sku_and_the_last_wins() {
    Product mug = create(plain("MUG"));

    List<Product> stored =
        store()
            .putAll(
                List.of(plain("PEN"), rich("MUG"), rich("PEN"), priced("MUG", "3"), plain("PEN")),
                LATER);

    assertThat(stored).extracting(Product::version).containsExactly(1, 2, 2, 3, 3);
    assertThat(all()).containsExactly(stored.get(3), stored.get(4));
    assertThat(stored.get(3).createdAt()).isEqualTo(mug.createdAt());
  }

  @Test
  void putting_no_products_changes_nothing() {
    assertThat(store().putAll(List.of(), LATER)).isEmpty();
    assertThat(all()).isEmpty();
  }

  @Test
  void lists_by_code_points_of_the_skus() {
    List<String> ascending =
        List.of("A-1", "B", "a", "a b", "ab", "b", "ä", "\uFF21", "\uD83C\uDF81");
    for (String sku : List.of("b", "a", "B", "\uD83C\uDF81", "\uFF21", "ä", "ab", "a b", "A-1")) {
      create(rich(sku));
    }

    assertThat(skus(store().listBySku(null, 100))).isEqualTo(ascending);
    for (int i = 0; i < ascending.size(); i++) {
      assertThat(skus(store().listBySku(new Sku(ascending.get(i)), 2)))
          .isEqualTo(ascending.subList(i + 1, Math.min(i + 3, ascending.size())));
    }
    assertThat(skus(store().listBySku(new Sku("aa"), 1))).containsExactly("ab");
  }

  @Test
  void lists_complete_products() {
    Product rich = create(rich("A"));
    Product maxProduct = create(withMaxValues("B"));

    assertThat(store().listBySku(null, 10)).containsExactly(rich, maxProduct);
    assertThat(store().listBySku(null, 1)).containsExactly(rich);
  }

  @Test
  void one_of_concurrent_creations_of_a_sku_succeeds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String sku = "MUG-" + round;

      List<Boolean> created =
          concurrently(thread -> store().create(created(priced(sku, "" + thread)), null));

      assertThat(created).containsOnlyOnce(true).hasSize(THREADS);
      assertThat(store().find(List.of(new Sku(sku))).get(new Sku(sku)))
          .isEqualTo(created(priced(sku, "" + created.indexOf(true))));
    }
  }

  @Test
  void one_of_concurrent_replacements_of_a_version_succeeds() throws Exception {
    Product before = create(rich("MUG"));
    for (int round = 0; round < ROUNDS; round++) {
      Product seen = before;

      List<Boolean> replaced =
          concurrently(
              thread -> store().replace(seen.replacedBy(priced("MUG", "" + thread), LATER)));

      assertThat(replaced).containsOnlyOnce(true).hasSize(THREADS);
      before = seen.replacedBy(priced("MUG", "" + replaced.indexOf(true)), LATER);
      assertThat(all()).containsExactly(before);
    }
  }

  @Test
  void one_of_concurrent_deletions_succeeds() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Product product = create(rich("MUG"));

      assertThat(concurrently(thread -> store().delete(product, LATER)))
          .containsOnlyOnce(true)
          .hasSize(THREADS);
    }
  }

  @Test
  void concurrent_puts_of_the_same_products_lose_no_update() throws Exception {
    List<ProductDetails> forward =
        IntStream.range(0, 20).mapToObj(i -> i % 3 == 0 ? rich("" + i) : plain("" + i)).toList();

    for (int round = 1; round <= ROUNDS; round++) {
      List<List<Product>> stored =
          concurrently(
              thread -> store().putAll(thread % 2 == 0 ? forward : forward.reversed(), LATER));

      assertThat(stored).hasSize(THREADS);
      assertThat(all()).hasSize(20).extracting(Product::version).containsOnly(round * THREADS);
      assertThat(stored.stream().flatMap(List::stream).map(p -> p.sku() + "@" + p.version()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    Product product = create(plain("MUG"));
    makeStoreUnavailable();

    ConcurrentRuns.assertUnavailable(
        () -> store().find(List.of(product.sku())),
        () -> store().listBySku(null, 1),
        () -> store().create(created(plain("PEN")), null),
        () -> store().replace(product.replacedBy(plain("MUG"), LATER)),
        () -> store().putAll(List.of(plain("MUG")), LATER),
        () -> store().delete(product, LATER));
  }

  private Product create(ProductDetails details) {
    Product product = created(details);
    assertThat(store().create(product, null)).isTrue();
    return product;
  }

  private List<Product> all() {
    return store().listBySku(null, 1000);
  }

  private static List<String> skus(List<Product> products) {
    return products.stream().map(product -> product.sku().value()).toList();
  }

  private static <T> List<T> concurrently(IntFunction<T> work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        calls.add(() -> {
          start.await();
          return work.apply(number);
        });
      }
      for (Future<T> future : executor.invokeAll(calls)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
