package kassa.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1+1",
        "-",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tplain",
        "\uFF1D1+1",
        "\uFF0B1",
        "\uFF0D1",
        "\uFF20SUM(A1)",
        "\uFE661",
        "\u22121+1",
        "\uFEFF=1",
        "\u200B=1",
        "\u200D\u2060@x",
        " =1",
        "   +1",
        "\u00A0=1",
        "\u3000\uFF1D1",
        " \uFEFF \t-x"
      })
  void a_text_that_could_be_a_formula_gets_an_apostrophe(String text) {
    assertThat(SpreadsheetText.withoutFormula(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a=b", "MUG-1", " plain ", "-12.50", "-1", "\uFEFF", "\u00FCber", "1-2"})
  void other_texts_stay_as_they_are(String text) {
    assertThat(SpreadsheetText.withoutFormula(text)).isEqualTo(text);
  }
}
