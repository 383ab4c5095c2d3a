package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FirstAdminTest {

  @Test
  void makes_passwords_up_that_can_be_typed_and_not_guessed() {
    SecureRandom random = new SecureRandom();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String password = FirstAdmin.madeUp(random);
      assertThat(password).matches("([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}");
      assertThat(seen.add(password)).isTrue();
    }
  }
}
