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
  void addresses_that_differ_in_case_alone_are_one() {
    assertThat(new EmailAddress("Ann.Ä@EXAMPLE.com"))
        .isEqualTo(new EmailAddress("ann.ä@example.COM"))
        .hasToString("ann.ä@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "a+b@c.d", "\"a\"@b", "\uD83C\uDF81@b.example"})
  void takes_what_has_something_on_both_sides(String text) {
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
  void refuses_what_is_no_address(String text, Reason reason) {
    assertRefused(text, reason);
  }

  @Test
  void refuses_control_characters_and_lone_surrogates() {
    assertRefused("a\n@b", Reason.MALFORMED);
    assertRefused("a\u0000@b", Reason.MALFORMED);
    assertRefused("a\uD83C@b", Reason.MALFORMED);
  }

  @Test
  void has_at_most_254_characters_also_in_lower_case() {
    String longest = "a".repeat(EmailAddress.LONGEST - 2) + "@b";
    assertThat(new EmailAddress(longest).value()).hasSize(254);
    assertRefused("a" + longest, Reason.TOO_LONG);
    assertRefused("\u0130".repeat(200) + "@b", Reason.TOO_LONG);
  }

  private static void assertRefused(String text, Reason reason) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new EmailAddress(text))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
