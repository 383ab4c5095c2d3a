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
  void takes_whatever_was_typed_as_it_is(String text) {
    assertThat(new Password(text).text()).isEqualTo(text);
  }

  @Test
  void makes_passwords_up_that_can_be_typed_and_not_guessed() {
    SecureRandom random = new SecureRandom();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String password = Password.madeUp(random::nextInt).text();
      assertThat(password).matches("([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}");
      assertThat(seen.add(password)).isTrue();
    }
  }

  @Test
  void counts_code_points() {
    String gift = "\uD83C\uDF81";

    assertThat(new Password(gift.repeat(Password.SHORTEST)).text()).hasSize(16);
    assertThat(new Password(gift.repeat(Password.LONGEST)).text()).hasSize(256);
    assertRefused(gift.repeat(Password.SHORTEST - 1));
    assertRefused(gift.repeat(Password.LONGEST + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567"})
  void refuses_what_is_too_short(String text) {
    assertRefused(text);
  }

  @Test
  void refuses_lone_surrogates() {
    assertRefused("12345678\uD83C");
    assertRefused("\uDF8112345678");
  }

  @Test
  void never_shows_itself() {
    assertThat(new Password("correct horse")).hasToString("Password");
  }

  private static void assertRefused(String text) {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> new Password(text))
        .satisfies(refused -> {
          if (!text.isEmpty()) {
            assertThat(refused.getMessage()).doesNotContain(text);
          }
        });
  }
}
