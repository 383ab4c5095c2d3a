package kassa.application.internal;

import static kassa.contract.SampleProducts.START;
import static kassa.contract.SampleProducts.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import kassa.application.port.in.FindProducts;
import kassa.application.port.in.FindProducts.Page;
import kassa.application.port.in.FindProducts.Query;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductSearchTest {

  private final InMemoryProductStore store = new InMemoryProductStore();
  private final FindProducts search = new ProductSearch(store);

  @Test
  void finds_a_product_by_its_sku() {
    List<Product> kept = store.putAll(List.of(plain("MUG"), plain("PEN")), START);

    assertThat(search.bySku(new Sku("PEN"))).contains(kept.getLast());
  }

  @Test
  void finds_nothing_where_there_is_nothing() {
    assertThat(search.bySku(new Sku("MUG"))).isEmpty();
    assertThat(search.risingBySku(new Query(null, 200))).isEqualTo(new Page(List.of(), null));
  }

  @Test
  void the_next_page_begins_behind_the_last_product_of_this_one() {
    List<Product> kept = store.putAll(List.of(plain("A"), plain("B"), plain("C")), START);

    assertThat(search.risingBySku(new Query(null, 2)))
        .isEqualTo(new Page(kept.subList(0, 2), new Sku("B")));
    assertThat(search.risingBySku(new Query(new Sku("B"), 1)))
        .isEqualTo(new Page(kept.subList(2, 3), null));
  }

  @Test
  void the_last_page_is_the_last_also_when_it_is_full() {
    List<Product> kept = store.putAll(List.of(plain("A"), plain("B")), START);

    assertThat(search.risingBySku(new Query(null, 2))).isEqualTo(new Page(kept, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
  void refuses_a_page_of_nothing_or_of_too_much(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Query(null, limit));
  }

  @Test
  void an_outage_is_never_answered_as_absence() {
    store.takeAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.bySku(new Sku("MUG")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.risingBySku(new Query(null, 1)));
  }
}
