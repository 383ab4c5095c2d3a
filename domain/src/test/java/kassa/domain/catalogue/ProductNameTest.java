package kassa.domain.catalogue;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class ProductNameTest {

  @Test
  void is_the_text_as_it_is() {
    assertThat(new ProductName("Großer Becher, rot")).hasToString("Großer Becher, rot");
  }

  @Test
  void has_200_characters_at_most() {
    assertThat(new ProductName("x".repeat(200)).value()).hasSize(200);
    assertRefused(Reason.TOO_LONG, () -> new ProductName("x".repeat(201)));
  }

  @Test
  void is_one_plain_line() {
    assertRefused(Reason.EMPTY, () -> new ProductName(""));
    assertRefused(Reason.MALFORMED, () -> new ProductName("Mug "));
    assertRefused(Reason.MALFORMED, () -> new ProductName("Mug\r\nred"));
  }
}
