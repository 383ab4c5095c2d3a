package kassa.application.internal.catalogue;

import static kassa.contract.fixture.SampleProducts.START;
import static kassa.contract.fixture.SampleProducts.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.in.catalogue.FindProducts.Page;
import kassa.application.port.in.catalogue.FindProducts.Query;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.memory.InMemoryProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindProductsServiceTest {

  private final InMemoryProductStore store = new InMemoryProductStore();
  private final FindProducts search = new FindProductsService(store);

  @Test
  void finds_a_product_by_sku() {
    List<Product> stored = store.putAll(List.of(plain("MUG"), plain("PEN")), START);

    assertThat(search.bySku(new Sku("PEN"))).contains(stored.getLast());
  }

  @Test
  void unknown_product_is_not_found() {
    assertThat(search.bySku(new Sku("MUG"))).isEmpty();
    assertThat(search.listBySku(new Query(null, 200))).isEqualTo(new Page(List.of(), null));
  }

  @Test
  void next_page_starts_after_the_last_product() {
    List<Product> stored = store.putAll(List.of(plain("A"), plain("B"), plain("C")), START);

    assertThat(search.listBySku(new Query(null, 2)))
        .isEqualTo(new Page(stored.subList(0, 2), new Sku("B")));
    assertThat(search.listBySku(new Query(new Sku("B"), 1)))
        .isEqualTo(new Page(stored.subList(2, 3), null));
  }

  @Test
  void full_last_page_has_no_next_page() {
    List<Product> stored = store.putAll(List.of(plain("A"), plain("B")), START);

    assertThat(search.listBySku(new Query(null, 2))).isEqualTo(new Page(stored, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
  void rejects_page_sizes_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Query(null, limit));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() {
    store.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.bySku(new Sku("MUG")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.listBySku(new Query(null, 1)));
  }
}
