package kassa.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import kassa.domain.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "        ",
        " a b c d ",
        "ä\u0000\n\t\"'<>",
        "Ааааааааа",
        "\u0130zmirdeyiz"
      })
  void accepts_any_typed_text_unchanged(String text) {
    assertThat(new Password(text).text()).isEqualTo(text);
  }

  @Test
  void generates_random_passwords_of_typeable_characters() {
    SecureRandom random = new SecureRandom();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String password = Password.generate(random::nextInt).text();
      assertThat(password).matches("([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}");
      assertThat(seen.add(password)).isTrue();
    }
  }

  @Test
  void counts_code_points() {
    String gift = "\uD83C\uDF81";

    assertThat(new Password(gift.repeat(Password.MIN_LENGTH)).text()).hasSize(16);
    assertThat(new Password(gift.repeat(Password.MAX_LENGTH)).text()).hasSize(256);
    assertRejected(gift.repeat(Password.MIN_LENGTH - 1));
    assertRejected(gift.repeat(Password.MAX_LENGTH + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567"})
  void rejects_a_password_that_is_too_short(String text) {
    assertRejected(text);
  }

  @Test
  void rejects_lone_surrogates() {
    assertRejected("12345678\uD83C");
    assertRejected("\uDF8112345678");
  }

  @Test
  void to_string_never_shows_the_password() {
    assertThat(new Password("correct horse")).hasToString("Password");
  }

  private static void assertRejected(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new Password(text))
        .satisfies(exception -> {
          if (!text.isEmpty()) {
            assertThat(exception.getMessage()).doesNotContain(text);
          }
        });
  }
}
