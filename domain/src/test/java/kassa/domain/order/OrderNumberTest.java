package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderNumberTest {

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void rejects_a_number_below_one(long value) {
    assertRejected(Reason.OUT_OF_RANGE, () -> new OrderNumber(value));
  }

  @Test
  void starts_at_one() {
    assertThat(new OrderNumber(1).value()).isEqualTo(1);
  }
}
