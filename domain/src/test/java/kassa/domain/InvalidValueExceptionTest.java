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

  private static final String REJECTED_VALUE = "<script>7</script>";

  @Test
  void message_explains_the_error_and_never_echoes_the_value() {
    List<ThrowingCallable> invalidCalls =
        List.of(
            () -> UnitPrice.parse(REJECTED_VALUE, Currency.getInstance("USD")),
            () -> Quantity.parse(REJECTED_VALUE),
            () -> Percentage.parse(REJECTED_VALUE),
            () -> AcceptedCurrencies.all().parse(REJECTED_VALUE),
            () -> OrderId.parse(REJECTED_VALUE),
            () -> new Sku(REJECTED_VALUE + "\n"),
            () -> new CustomerId(REJECTED_VALUE.repeat(10)),
            () -> Metadata.of(Map.of(REJECTED_VALUE + "\0", "")),
            () -> Metadata.of(Map.of("note", REJECTED_VALUE + "\0")));

    assertThat(invalidCalls)
        .allSatisfy(call ->
            assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call)
                .withMessageNotContaining("script")
                .withMessageMatching(".+ must .+"));
  }
}
