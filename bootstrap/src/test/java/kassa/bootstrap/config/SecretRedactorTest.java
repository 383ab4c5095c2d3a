package kassa.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRedactorTest {

  @Test
  void message_has_one_line_and_no_control_characters() {
    assertThat(SecretRedactor.toSafeSingleLine("no table \u001b[31m\r\nat\u2028line 1\u202e"))
        .isEqualTo("no table \\u001b[31m at line 1\\u202e");
  }

  @Test
  void failure_reason_has_the_root_cause_without_control_characters() {
    Exception cause = new IllegalArgumentException("bad\u0007 file");

    assertThat(SecretRedactor.failureReason(new IllegalStateException("cannot start\n", cause)))
        .isEqualTo("cannot start  (bad\\u0007 file)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cannot connect to jdbc:postgresql://host/kassa?password=secret&user=secret",
        "cannot connect (ann:secret@host)",
        "\u001b[31mpassword=secret",
        "first line\npassword=secret\nlast line"
      })
  void message_has_no_secret(String message) {
    assertThat(SecretRedactor.toSafeSingleLine(message)).doesNotContain("secret").contains("***");
  }
}
