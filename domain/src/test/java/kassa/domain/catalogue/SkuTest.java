package kassa.domain.catalogue;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class SkuTest {

  @Test
  void keeps_the_text_unchanged() {
    assertThat(new Sku("Käse, jung")).hasToString("Käse, jung");
    assertThat(new Sku("mug")).isNotEqualTo(new Sku("MUG"));
  }

  @Test
  void has_64_characters_at_most() {
    assertThat(new Sku("\uD83C\uDF81".repeat(64)).value()).hasSize(128);
    assertRejected(Reason.TOO_LONG, () -> new Sku("x".repeat(65)));
  }

  @Test
  void is_a_plain_single_line() {
    assertRejected(Reason.EMPTY, () -> new Sku(""));
    assertRejected(Reason.MALFORMED, () -> new Sku(" MUG"));
    assertRejected(Reason.MALFORMED, () -> new Sku("MUG\tRED"));
  }

  @Test
  void sorts_by_code_points() {
    assertThat(
            Stream.of("b", "a", "B", "\uD83C\uDF81", "\uFF21", "ä", "ab", "a b", "A-1")
                .map(Sku::new)
                .sorted())
        .extracting(Sku::value)
        .containsExactly("A-1", "B", "a", "a b", "ab", "b", "ä", "\uFF21", "\uD83C\uDF81");
  }
}
