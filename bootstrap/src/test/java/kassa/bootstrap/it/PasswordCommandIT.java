package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kassa password} through the real launcher. */
@Timeout(600)
class PasswordCommandIT {

  private static final String ADMIN = "admin@localhost";
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"(kas_[^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void replaces_password_with_and_without_running_server() throws Exception {
    String first;
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(kassa.get("/v1/orders").statusCode()).isEqualTo(200);

      first = replacePassword("Admin@Localhost");

      assertThat(kassa.get("/v1/orders").statusCode()).isEqualTo(401);
      assertThat(signIn(kassa, "a till that opens only for tests").statusCode()).isEqualTo(401);
      HttpResponse<String> signedIn = signIn(kassa, first);
      assertThat(signedIn.statusCode()).isEqualTo(200);
      assertThat(signedIn.body()).contains("\"passwordExpiresAt\":\"");
      assertThat(audit(kassa, signedIn))
          .contains("\"password_replaced\",\"actor\":\"local_operator\"");
      assertThat(kassa.log()).doesNotContain(first);
      kassa.stop();
    }
    String second = replacePassword(ADMIN);
    assertThat(second).isNotEqualTo(first);
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(signIn(kassa, first).statusCode()).isEqualTo(401);
      assertThat(signIn(kassa, second).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void replaced_password_takes_effect_on_other_nodes_within_two_seconds() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess kassa = KassaProcess.startServer(folder, "--db-url", url)) {
        assertThat(kassa.get("/v1/orders").statusCode()).isEqualTo(200);

        String password = replacePassword(ADMIN, "--db-url", url);

        long end = System.nanoTime() + 10_000_000_000L;
        while (kassa.get("/v1/orders").statusCode() == 200 && System.nanoTime() < end) {
          Polling.pause();
        }
        assertThat(kassa.get("/v1/orders").statusCode()).isEqualTo(401);
        assertThat(signIn(kassa, password).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void reports_errors_in_one_line() throws Exception {
    KassaProcess.CommandResult missing = KassaProcess.runCommand(folder, "password", ADMIN);
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).startsWith("kassa: no database exists at ").hasLineCount(1);
    assertThat(folder.resolve("data")).doesNotExist();

    KassaProcess.CommandResult unknown =
        new KassaProcess.CommandResult(1, "", "kassa: user bob@example.com does not exist\n");
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(KassaProcess.runCommand(folder, "password", "bob@example.com")).isEqualTo(unknown);
      kassa.stop();
    }
    assertThat(KassaProcess.runCommand(folder, "password", "bob@example.com")).isEqualTo(unknown);
    KassaProcess.CommandResult misused = KassaProcess.runCommand(folder, "password", "bob");
    assertThat(misused.status()).isEqualTo(2);
    assertThat(misused.out()).isEmpty();
    assertThat(misused.err()).startsWith("kassa: ").hasLineCount(1);
  }

  /** Returns the new password, which is all that is printed to standard output. */
  private String replacePassword(String email, String... flags) throws Exception {
    String[] arguments = new String[flags.length + 2];
    arguments[0] = "password";
    arguments[1] = email;
    System.arraycopy(flags, 0, arguments, 2, flags.length);
    KassaProcess.CommandResult result = KassaProcess.runCommand(folder, arguments);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).matches("[a-z2-9-]{29}\n");
    assertThat(result.err()).contains(ADMIN, "printed only now").hasLineCount(1);
    return result.out().strip();
  }

  private static HttpResponse<String> signIn(KassaProcess kassa, String password) {
    return kassa.postAnonymously(
        "/v1/auth/login", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN, password));
  }

  private static String audit(KassaProcess kassa, HttpResponse<String> signedIn) throws Exception {
    Matcher token = TOKEN.matcher(signedIn.body());
    assertThat(token.find()).isTrue();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(kassa.address() + "/v1/audit"))
              .header("Authorization", "Bearer " + token.group(1))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
