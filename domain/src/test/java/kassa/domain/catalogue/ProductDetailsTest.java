package kassa.domain.catalogue;

import static java.util.stream.Collectors.toCollection;
import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Comparator;
import java.util.Currency;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductDetailsTest {

  private static final Currency USD = Currency.getInstance("USD");

  @Test
  void has_50_tags_at_most() {
    assertThat(withTags(tags(50)).tags()).hasSize(50);
    assertRejected(Reason.TOO_MANY, () -> withTags(tags(51)));
  }

  @Test
  void sorts_and_copies_its_tags() {
    SortedSet<Tag> given = new TreeSet<>(Comparator.reverseOrder());
    given.addAll(tags(3));
    ProductDetails details = withTags(given);

    given.clear();

    assertThat(details.tags()).containsExactly(new Tag("1"), new Tag("2"), new Tag("3"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> details.tags().clear());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9.999999", "10"})
  void accepts_a_min_unit_price_up_to_the_unit_price(String min) {
    assertThat(withPrices(null, usd(min)).minUnitPrice()).isEqualTo(usd(min));
  }

  @Test
  void rejects_a_min_unit_price_above_the_unit_price() {
    assertRejected(Reason.OUT_OF_RANGE, () -> withPrices(null, usd("10.000001")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "9", "12"})
  void accepts_any_list_price(String price) {
    assertThat(withPrices(usd(price), null).listPrice()).isEqualTo(usd(price));
  }

  @Test
  void rejects_prices_in_different_currencies() {
    UnitPrice yen = UnitPrice.parse("1", Currency.getInstance("JPY"));

    assertThatIllegalArgumentException().isThrownBy(() -> withPrices(yen, null));
    assertThatIllegalArgumentException().isThrownBy(() -> withPrices(null, yen));
  }

  private static SortedSet<Tag> tags(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new Tag("" + i))
        .collect(toCollection(TreeSet::new));
  }

  private static ProductDetails withTags(SortedSet<Tag> tags) {
    return new ProductDetails(
        new Sku("MUG"), new ProductName("Mug"), usd("10"), tags, null, null, null, true);
  }

  private static ProductDetails withPrices(
      @Nullable UnitPrice listPrice, @Nullable UnitPrice minUnitPrice) {
    return new ProductDetails(
        new Sku("MUG"),
        new ProductName("Mug"),
        usd("10"),
        new TreeSet<>(),
        listPrice,
        minUnitPrice,
        null,
        true);
  }

  private static UnitPrice usd(String price) {
    return UnitPrice.parse(price, USD);
  }
}
