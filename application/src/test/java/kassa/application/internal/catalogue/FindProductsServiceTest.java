package kassa.application.internal.catalogue;

import static kassa.contract.fixture.SampleProducts.START;
import static kassa.contract.fixture.SampleProducts.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import kassa.application.port.in.Slice;
import kassa.application.port.in.catalogue.FindProducts;
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
    assertThat(search.listBySku(null, 200)).isEqualTo(new Slice<>(List.of(), false));
  }

  @Test
  void next_page_starts_after_the_last_product() {
    List<Product> stored = store.putAll(List.of(plain("A"), plain("B"), plain("C")), START);

    assertThat(search.listBySku(null, 2)).isEqualTo(new Slice<>(stored.subList(0, 2), true));
    assertThat(search.listBySku(new Sku("B"), 1))
        .isEqualTo(new Slice<>(stored.subList(2, 3), false));
  }

  @Test
  void full_last_page_has_no_next_page() {
    List<Product> stored = store.putAll(List.of(plain("A"), plain("B")), START);

    assertThat(search.listBySku(null, 2)).isEqualTo(new Slice<>(stored, false));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
  void rejects_page_sizes_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> search.listBySku(null, limit));
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() {
    store.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.bySku(new Sku("MUG")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.listBySku(null, 1));
  }
}
