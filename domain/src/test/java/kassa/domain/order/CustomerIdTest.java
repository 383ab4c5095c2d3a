package kassa.domain.order;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class CustomerIdTest {

  @Test
  void is_the_text_as_it_is() {
    assertThat(new CustomerId("c-4711")).hasToString("c-4711");
  }

  @Test
  void has_64_characters_at_most() {
    assertThat(new CustomerId("\uD83C\uDF81".repeat(64)).value()).hasSize(128);
    assertRefused(Reason.TOO_LONG, () -> new CustomerId("x".repeat(65)));
  }

  @Test
  void is_one_plain_line() {
    assertRefused(Reason.EMPTY, () -> new CustomerId(""));
    assertRefused(Reason.MALFORMED, () -> new CustomerId("c-4711 "));
    assertRefused(Reason.MALFORMED, () -> new CustomerId("c\u0000"));
  }
}
