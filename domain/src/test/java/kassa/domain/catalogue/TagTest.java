package kassa.domain.catalogue;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class TagTest {

  @Test
  void keeps_the_text_unchanged() {
    assertThat(new Tag("für Kinder")).hasToString("für Kinder");
    assertThat(new Tag("mug")).isNotEqualTo(new Tag("MUG")).isGreaterThan(new Tag("MUG"));
  }

  @Test
  void has_64_characters_at_most() {
    assertThat(new Tag("x".repeat(64)).value()).hasSize(64);
    assertRejected(Reason.TOO_LONG, () -> new Tag("x".repeat(65)));
  }

  @Test
  void is_a_plain_single_line() {
    assertRejected(Reason.EMPTY, () -> new Tag(""));
    assertRejected(Reason.MALFORMED, () -> new Tag("a\nb"));
  }
}
