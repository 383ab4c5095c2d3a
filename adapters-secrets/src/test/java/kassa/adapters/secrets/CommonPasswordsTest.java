package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

  /** ASVS 5.0, 6.2.4, asks for the 3,000 commonest. */
  @Test
  void knows_three_thousand_and_more_that_are_long_enough() {
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
  void knows_the_commonest_whatever_their_case(String password) {
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
  void knows_what_is_nothing_but_words_of_the_house(String password) {
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
  void leaves_others_alone(String password) {
    assertThat(CommonPasswords.contains(password)).isFalse();
  }
}
