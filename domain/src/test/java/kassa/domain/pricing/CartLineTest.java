package kassa.domain.pricing;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static kassa.domain.testing.TestCarts.JPY;
import static kassa.domain.testing.TestCarts.USD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Currency;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CartLineTest {

  private static final CartLine MUG = line(null, null);

  @Test
  void has_at_most_50_tags() {
    assertThat(MUG.withTags(tags(50)).tags()).hasSize(50);
    assertRejected(Reason.TOO_MANY, () -> MUG.withTags(tags(51)));
  }

  @Test
  void with_tags_replaces_only_the_tags() {
    CartLine tagged = MUG.withTags(Set.of(new Tag("b"), new Tag("a")));

    assertThat(tagged.tags()).containsExactly(new Tag("a"), new Tag("b"));
    assertThat(tagged.withTags(Set.of())).isEqualTo(MUG);
  }

  @Test
  void rejects_a_list_or_min_price_in_another_currency() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> line(price("12", JPY), null))
        .isNotInstanceOf(InvalidValueException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> line(null, price("5", JPY)))
        .isNotInstanceOf(InvalidValueException.class);
  }

  @Test
  void rejects_a_min_unit_price_above_the_unit_price() {
    assertThat(line(null, price("10.00", USD)).floor().toPlainString()).isEqualTo("30.00");
    assertThat(MUG.floor().toPlainString()).isEqualTo("0.00");
    assertRejected(Reason.OUT_OF_RANGE, () -> line(null, price("10.000001", USD)));
  }

  private static CartLine line(@Nullable UnitPrice list, @Nullable UnitPrice min) {
    return new CartLine(
        new Sku("MUG"),
        Quantity.of(3),
        price("10.00", USD),
        new TreeSet<>(),
        list,
        false,
        min,
        null);
  }

  private static UnitPrice price(String text, Currency currency) {
    return UnitPrice.parse(text, currency);
  }

  private static Set<Tag> tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new Tag("t" + number))
        .collect(Collectors.toSet());
  }
}
