package kassa.domain.catalogue;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class TagTest {

  @Test
  void is_the_text_as_it_is() {
    assertThat(new Tag("für Kinder")).hasToString("für Kinder");
    assertThat(new Tag("mug")).isNotEqualTo(new Tag("MUG")).isGreaterThan(new Tag("MUG"));
  }

  @Test
  void has_64_characters_at_most() {
    assertThat(new Tag("x".repeat(64)).value()).hasSize(64);
    assertRefused(Reason.TOO_LONG, () -> new Tag("x".repeat(65)));
  }

  @Test
  void is_one_plain_line() {
    assertRefused(Reason.EMPTY, () -> new Tag(""));
    assertRefused(Reason.MALFORMED, () -> new Tag("a\nb"));
  }
}
