package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, \\u0000",
    "10, \\u000a",
    "27, \\u001b",
    "127, \\u007f",
    "155, \\u009b",
    "173, \\u00ad",
    "8203, \\u200b",
    "8232, \\u2028",
    "8233, \\u2029",
    "8238, \\u202e",
    "8294, \\u2066",
    "55296, \\ud800",
    "65279, \\ufeff",
    "917505, \\ue0001"
  })
  void escapes_characters_that_control_or_hide_text(int character, String escaped) {
    assertThat(TerminalText.escape("a" + Character.toString(character) + "b"))
        .isEqualTo("a" + escaped + "b");
  }

  @Test
  void leaves_all_other_characters_as_they_are() {
    String text = "K\u00e4se \\ \"1\" \u20ac \u65e5\u672c \ud83d\ude00 e\u0301";

    assertThat(TerminalText.escape(text)).isEqualTo(text);
  }

  @Test
  void excerpt_counts_characters_of_two_units_as_one() {
    assertThat(TerminalText.excerpt("\ud83d\ude00\ud83d\ude00", 2)).hasSize(4);
    assertThat(TerminalText.excerpt("\ud83d\ude00\u001b\ud83d\ude00", 2))
        .isEqualTo("\ud83d\ude00\\u001b...");
  }
}
