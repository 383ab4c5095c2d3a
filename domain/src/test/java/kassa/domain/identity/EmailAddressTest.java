package kassa.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @Test
  void addresses_are_case_insensitive() {
    assertThat(new EmailAddress("Ann.Ä@EXAMPLE.com"))
        .isEqualTo(new EmailAddress("ann.ä@example.COM"))
        .hasToString("ann.ä@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "a+b@c.d", "\"a\"@b", "\uD83C\uDF81@b.example"})
  void accepts_text_with_a_local_part_and_a_domain(String text) {
    assertThat(new EmailAddress(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',            EMPTY
          ann,           MALFORMED
          @b,            MALFORMED
          a@,            MALFORMED
          a@b@c,         MALFORMED
          'a b@c',       MALFORMED
          ' a@b',        MALFORMED
          'a@b ',        MALFORMED
          """)
  void rejects_text_that_is_not_an_address(String text, Reason reason) {
    assertRejected(text, reason);
  }

  @Test
  void rejects_control_characters_and_lone_surrogates() {
    assertRejected("a\n@b", Reason.MALFORMED);
    assertRejected("a\u0000@b", Reason.MALFORMED);
    assertRejected("a\uD83C@b", Reason.MALFORMED);
  }

  @Test
  void has_at_most_254_characters_also_in_lower_case() {
    String maxLengthAddress = "a".repeat(EmailAddress.MAX_LENGTH - 2) + "@b";
    assertThat(new EmailAddress(maxLengthAddress).value()).hasSize(254);
    assertRejected("a" + maxLengthAddress, Reason.TOO_LONG);
    assertRejected("\u0130".repeat(200) + "@b", Reason.TOO_LONG);
  }

  private static void assertRejected(String text, Reason reason) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new EmailAddress(text))
        .satisfies(exception -> assertThat(exception.reason()).isEqualTo(reason));
  }
}
