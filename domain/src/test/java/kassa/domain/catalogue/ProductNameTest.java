package kassa.domain.catalogue;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class ProductNameTest {

  @Test
  void keeps_the_text_unchanged() {
    assertThat(new ProductName("Großer Becher, rot")).hasToString("Großer Becher, rot");
  }

  @Test
  void has_200_characters_at_most() {
    assertThat(new ProductName("x".repeat(200)).value()).hasSize(200);
    assertRejected(Reason.TOO_LONG, () -> new ProductName("x".repeat(201)));
  }

  @Test
  void is_a_plain_single_line() {
    assertRejected(Reason.EMPTY, () -> new ProductName(""));
    assertRejected(Reason.MALFORMED, () -> new ProductName("Mug "));
    assertRejected(Reason.MALFORMED, () -> new ProductName("Mug\r\nred"));
  }
}
