package kassa.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import kassa.bootstrap.config.FirstAdmin;
import kassa.domain.identity.EmailAddress;
import org.junit.jupiter.api.Test;

class CliMessagesTest {

  private static final String ADDRESS = "http://127.0.0.1:8080";
  private static final FirstAdmin ADMIN =
      new FirstAdmin(new EmailAddress("boss@example.com"), null);

  @Test
  void startup_message_has_the_address_and_one_request_to_try() {
    String text =
        CliMessages.startupMessage(ADDRESS, Path.of("data").toAbsolutePath(), 812, ADMIN, null);

    assertThat(text)
        .startsWith("Kassa listens on " + ADDRESS + " (started in 812 ms; ")
        .contains("\n\nTry:\ncurl -s '" + ADDRESS + "/v1/quotes?explain=true' ")
        .contains("\"Authorization: Bearer $(./kassa login)\"")
        .doesNotContain("boss@example.com", "Password");
    assertThat(text.lines().filter(line -> line.startsWith("curl"))).hasSize(1);
  }

  @Test
  void startup_message_names_a_data_folder_that_is_not_the_default() {
    String text = CliMessages.startupMessage(ADDRESS, Path.of("/srv/kassa"), 812, ADMIN, null);

    assertThat(text).contains("$(./kassa login --data-dir '/srv/kassa')");
  }

  @Test
  void startup_message_shows_a_generated_password_once() {
    String text = CliMessages.startupMessage(ADDRESS, Path.of("./data"), 812, ADMIN, "made-up");

    assertThat(text)
        .contains("\n\nAdmin: boss@example.com\nPassword: made-up\n")
        .contains("must be changed within 24 hours.\n\nTry:\n")
        .containsOnlyOnce("made-up");
  }

  @Test
  void errors_have_no_control_characters() {
    assertThat(
            CliMessages.formatErrors(List.of("unknown flag \u001b[31m\u202e", "a\nb\r\nc")).lines())
        .containsExactly("kassa: unknown flag \\u001b[31m\\u202e", "kassa: a", "b", "c");
  }
}
