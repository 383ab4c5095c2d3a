package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

  /** OWASP ASVS 5.0, 6.2.4, requires the 3,000 most common ones. */
  @Test
  void contains_at_least_three_thousand_common_passwords() {
    assertThat(CommonPasswords.size()).isBetween(3_000, 20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "PassWord1",
        "12345678",
        "1234567890",
        "qwertyuiop",
        "iloveyou",
        "1q2w3e4r",
        "trustno1"
      })
  void rejects_common_passwords_case_insensitively(String password) {
    assertThat(CommonPasswords.contains(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Kassa2026!",
        "kassa-admin",
        "admin@localhost",
        "Passwort123!",
        "password.order-shop"
      })
  void rejects_passwords_made_of_application_words(String password) {
    assertThat(CommonPasswords.contains(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kindly open the till",
        "kassa of the three gulls",
        "# The commonest passwords",
        "#",
        "9f3k2j5h8d",
        "",
        "19283-746-55#"
      })
  void accepts_other_passwords(String password) {
    assertThat(CommonPasswords.contains(password)).isFalse();
  }
}
