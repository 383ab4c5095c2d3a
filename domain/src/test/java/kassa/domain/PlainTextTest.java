package kassa.domain;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  /** One code point, two UTF-16 units. */
  private static final String GIFT = "\uD83C\uDF81";

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-1", "two words", "Käse", "二行目", GIFT, "a\u00A0b", "e\u0301"})
  void accepts_plain_text_unchanged(String text) {
    assertThat(PlainText.singleLine("name", text, 64)).isEqualTo(text);
    assertThat(PlainText.multiLine("text", text, 64)).isEqualTo(text);
  }

  @Test
  void normalizes_identifiers_and_names_to_composed_characters() {
    assertThat(PlainText.identifier("sku", "Ka\u0308se", 5)).isEqualTo("K\u00E4se");
    assertThat(PlainText.displayName("name", "Rene\u0301", 5)).isEqualTo("Ren\u00E9");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00A0, 0x1680, 0x2002, 0x2009, 0x202F, 0x205F, 0x3000})
  void identifiers_have_no_spaces_that_look_like_a_plain_one(int space) {
    String text = "a" + Character.toString(space) + "b";

    assertThatThrownBy(() -> PlainText.identifier("sku", text, 64))
        .hasMessage(
            "sku must not contain the space "
                + String.format(Locale.ROOT, "U+%04X", space)
                + "; use a plain space");
    assertThat(PlainText.identifier("sku", "a b", 64)).isEqualTo("a b");
    assertThat(PlainText.displayName("name", text, 64)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x200B, 0x200D, 0x2060, 0xFEFF, 0x202E, 0x2066, 0x200F, 0x061C, 0xFE0F, 0x180B, 0x00AD,
        0x3164, 0x115F, 0x2800, 0x034F, 0x0009, 0x007F, 0x2028, 0xFFFE, 0xE0100, 0xE0001, 0xD800
      })
  void rejects_invisible_characters_and_names_their_code_points(int character) {
    String text = "a" + Character.toString(character) + "b";
    String codePoint = String.format(Locale.ROOT, "U+%04X", character);

    assertThatThrownBy(() -> PlainText.identifier("sku", text, 64)).hasMessageContaining(codePoint);
    assertThatThrownBy(() -> PlainText.displayName("name", text, 64))
        .hasMessageContaining(codePoint);
    assertThat(PlainText.visible(text)).isEqualTo("ab");
  }

  /** A family, a flag, a keycap, a heart; Persian and Hindi with joiners. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08",
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
        "1\uFE0F\u20E3",
        "\u2764\uFE0F",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\u0915\u094D\u200D\u0937"
      })
  void names_keep_joiners_that_change_what_is_seen_and_identifiers_do_not(String text) {
    assertThat(PlainText.displayName("name", text, 64)).isEqualTo(text);
    assertRejected(Reason.MALFORMED, () -> PlainText.identifier("sku", text, 64));
  }

  @Test
  void rejects_an_empty_single_line_and_accepts_an_empty_multi_line() {
    assertRejected(Reason.EMPTY, () -> PlainText.singleLine("name", "", 64));
    assertThat(PlainText.multiLine("text", "", 64)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\u3000", " a", "a ", "\u2003a", "a\u3000", "\u2028a", "a\u2029", "\u00A0a", "a\u00A0",
        "a\u2007", "a\u202F"
      })
  void rejects_surrounding_whitespace_only_in_a_single_line(String text) {
    assertRejected(Reason.MALFORMED, () -> PlainText.singleLine("name", text, 64));
    assertThat(PlainText.multiLine("text", text, 64)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\t", "\n a \t", "a\nb", "a\tb", "a\u2028b", "a\u2029b"})
  void accepts_tabs_and_line_breaks_only_in_multi_line_text(String text) {
    assertThat(PlainText.multiLine("text", text, 64)).isEqualTo(text);
    assertRejected(Reason.MALFORMED, () -> PlainText.singleLine("name", text, 64));
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
  void rejects_control_characters(String text) {
    assertRejected(Reason.MALFORMED, () -> PlainText.singleLine("name", text, 64));
    assertRejected(Reason.MALFORMED, () -> PlainText.multiLine("text", text, 64));
  }

  @ParameterizedTest
  @ValueSource(chars = {'\uD800', '\uDBFF', '\uDC00', '\uDFFF'})
  void rejects_lone_surrogates(char half) {
    for (String text : new String[] {half + "a", "a" + half, "a" + half + "b", GIFT + half + "a"}) {
      assertRejected(Reason.MALFORMED, () -> PlainText.singleLine("name", text, 64));
      assertRejected(Reason.MALFORMED, () -> PlainText.multiLine("text", text, 64));
    }
  }

  @Test
  void rejects_surrogates_in_the_wrong_order() {
    assertRejected(Reason.MALFORMED, () -> PlainText.multiLine("text", "\uDF81\uD83C", 64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "二", GIFT})
  void counts_code_points_and_not_utf_16_units(String character) {
    String maxLengthText = character.repeat(64);
    String tooLong = character.repeat(65);

    assertThat(PlainText.singleLine("name", maxLengthText, 64)).isEqualTo(maxLengthText);
    assertThat(PlainText.multiLine("text", maxLengthText, 64)).isEqualTo(maxLengthText);
    assertRejected(Reason.TOO_LONG, () -> PlainText.singleLine("name", tooLong, 64));
    assertRejected(Reason.TOO_LONG, () -> PlainText.multiLine("text", tooLong, 64));
  }
}
