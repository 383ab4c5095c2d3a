package kassa.domain;

import static kassa.domain.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  /** One character of Unicode, two of Java. */
  private static final String GIFT = "\uD83C\uDF81";

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-1", "two words", "Käse", "二行目", GIFT, "a\u00A0b", "e\u0301"})
  void keeps_plain_text_as_it_is(String text) {
    assertThat(PlainText.line("name", text, 64)).isEqualTo(text);
    assertThat(PlainText.block("text", text, 64)).isEqualTo(text);
  }

  @Test
  void a_line_is_not_empty_but_a_block_may_be() {
    assertRefused(Reason.EMPTY, () -> PlainText.line("name", "", 64));
    assertThat(PlainText.block("text", "", 64)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\u3000", " a", "a ", "\u2003a", "a\u3000", "\u2028a", "a\u2029", "\u00A0a", "a\u00A0",
        "a\u2007", "a\u202F"
      })
  void a_line_has_no_white_space_at_its_ends_but_a_block_may_have(String text) {
    assertRefused(Reason.MALFORMED, () -> PlainText.line("name", text, 64));
    assertThat(PlainText.block("text", text, 64)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\t", "\n a \t", "a\nb", "a\tb", "a\u2028b", "a\u2029b"})
  void a_block_holds_tabs_and_line_breaks_but_a_line_does_not(String text) {
    assertThat(PlainText.block("text", text, 64)).isEqualTo(text);
    assertRefused(Reason.MALFORMED, () -> PlainText.line("name", text, 64));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "a\u0000",
        "\u0000a",
        "a\u0001b",
        "a\u0008b",
        "a\u000Bb",
        "a\u000Cb",
        "a\u001Bb",
        "a\u001Fb",
        "a\u007Fb",
        "a\u0080b",
        "a\u0085b",
        "a\u009Fb",
        "\u0085",
        "\u0085a"
      })
  void refuses_control_characters(String text) {
    assertRefused(Reason.MALFORMED, () -> PlainText.line("name", text, 64));
    assertRefused(Reason.MALFORMED, () -> PlainText.block("text", text, 64));
  }

  @ParameterizedTest
  @ValueSource(chars = {'\uD800', '\uDBFF', '\uDC00', '\uDFFF'})
  void refuses_halves_of_characters(char half) {
    for (String text : new String[] {half + "a", "a" + half, "a" + half + "b", GIFT + half + "a"}) {
      assertRefused(Reason.MALFORMED, () -> PlainText.line("name", text, 64));
      assertRefused(Reason.MALFORMED, () -> PlainText.block("text", text, 64));
    }
  }

  @Test
  void refuses_halves_of_characters_in_the_wrong_order() {
    assertRefused(Reason.MALFORMED, () -> PlainText.block("text", "\uDF81\uD83C", 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "二", GIFT})
  void counts_characters_and_not_what_they_are_stored_in(String character) {
    String longest = character.repeat(64);
    String tooLong = character.repeat(65);

    assertThat(PlainText.line("name", longest, 64)).isEqualTo(longest);
    assertThat(PlainText.block("text", longest, 64)).isEqualTo(longest);
    assertRefused(Reason.TOO_LONG, () -> PlainText.line("name", tooLong, 64));
    assertRefused(Reason.TOO_LONG, () -> PlainText.block("text", tooLong, 64));
  }
}
