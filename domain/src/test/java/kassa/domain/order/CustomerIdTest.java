package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class CustomerIdTest {

  @Test
  void keeps_the_text_unchanged() {
    assertThat(new CustomerId("c-4711")).hasToString("c-4711");
  }

  @Test
  void has_64_characters_at_most() {
    assertThat(new CustomerId("\uD83C\uDF81".repeat(64)).value()).hasSize(128);
    assertRejected(Reason.TOO_LONG, () -> new CustomerId("x".repeat(65)));
  }

  @Test
  void is_a_plain_single_line() {
    assertRejected(Reason.EMPTY, () -> new CustomerId(""));
    assertRejected(Reason.MALFORMED, () -> new CustomerId("c-4711 "));
    assertRejected(Reason.MALFORMED, () -> new CustomerId("c\u0000"));
  }
}
