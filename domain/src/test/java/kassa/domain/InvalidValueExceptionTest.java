package kassa.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Currency;
import java.util.List;
import java.util.Map;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.OrderId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InvalidValueExceptionTest {

  private static final String OFFERED = "<script>7</script>";

  @Test
  void says_what_is_wrong_and_never_repeats_what_was_offered() {
    List<ThrowingCallable> refused =
        List.of(
            () -> UnitPrice.parse(OFFERED, Currency.getInstance("USD")),
            () -> Quantity.parse(OFFERED),
            () -> Percentage.parse(OFFERED),
            () -> AcceptedCurrencies.all().parse(OFFERED),
            () -> OrderId.parse(OFFERED),
            () -> new Sku(OFFERED + "\n"),
            () -> new CustomerId(OFFERED.repeat(10)),
            () -> Metadata.of(Map.of(OFFERED + "\0", "")),
            () -> Metadata.of(Map.of("note", OFFERED + "\0")));

    assertThat(refused)
        .allSatisfy(code ->
            assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(code)
                .withMessageNotContaining("script")
                .withMessageMatching(".+ must .+"));
  }
}
