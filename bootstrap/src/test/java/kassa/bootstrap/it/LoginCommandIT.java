package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kassa login} through the real launcher. */
@Timeout(600)
class LoginCommandIT {

  private static final Pattern USER_ID = Pattern.compile("\"id\":\"(usr_[^\"]+)\"");
  private static final String BOB =
      "{\"email\":\"bob@example.com\",\"password\":\"a till for bob only\",\"role\":\"operator\"}";

  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;

  @Test
  void prints_a_session_token_of_the_first_admin_on_h2_and_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.createEmpty()) {
      for (String url : List.of("", postgres.url())) {
        // With a generated, temporary password, and an email that only the server knows.
        Map<String, String> environment = Map.of("KASSA_ADMIN_EMAIL", "boss@example.com");
        try (KassaProcess kassa = KassaProcess.startServer(folder, environment, "--db-url", url)) {
          String token = login("--db-url", url);

          assertThat(get(kassa, token, "/v1/orders").statusCode()).isEqualTo(200);
          assertThat(get(kassa, token, "/v1/users").statusCode()).isEqualTo(200);
          assertThat(get(kassa, token, "/v1/sessions").body())
              .contains("\"kassa login\"", "\"127.0.0.1\"");
          assertThat(get(kassa, token, "/v1/audit").body())
              .containsPattern(
                  "\"signed_in\",\"actor\":\"local_operator\",\"subject\":\"ses_[^\"]+\"");
          assertThat(login("--db-url", url)).isNotEqualTo(token);
          assertThat(kassa.log()).doesNotContain(token, "WARN");
          kassa.stop();
        }
        assertNoServer("--db-url", url);
      }
    }
  }

  @Test
  void an_import_into_postgresql_keeps_the_running_server_reachable() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create();
        PostgresDatabase another = PostgresDatabase.createEmpty()) {
      String url = postgres.url();
      Path orders =
          Files.writeString(
              folder.resolve("orders.ndjson"),
              "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"unitPrice\":\"1.00\"}]}\n");
      try (KassaProcess kassa = KassaProcess.startServer(folder, "--db-url", url)) {
        KassaProcess.CommandResult imported =
            KassaProcess.runCommand(folder, "import", orders.toString(), "--db-url", url);
        assertThat(imported.status()).as(imported.err()).isZero();

        assertThat(get(kassa, login("--db-url", url), "/v1/orders/1").statusCode()).isEqualTo(200);
        assertNoServer("--db-url", another.url());
        kassa.stop();
      }
    }
  }

  @Test
  void prints_a_token_of_another_user_until_the_user_is_disabled() throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      String admin = login();
      Matcher created = USER_ID.matcher(send(kassa, admin, "POST", "/v1/users", BOB).body());
      assertThat(created.find()).isTrue();
      String id = created.group(1);

      String token = login("Bob@Example.com");
      assertThat(get(kassa, token, "/v1/orders").statusCode()).isEqualTo(200);
      assertThat(get(kassa, token, "/v1/users").statusCode()).isEqualTo(403);

      assertThat(send(kassa, admin, "PATCH", "/v1/users/" + id, "{\"disabled\":true}").statusCode())
          .isEqualTo(200);
      assertThat(get(kassa, token, "/v1/orders").statusCode()).isEqualTo(401);
      assertThat(KassaProcess.runCommand(folder, "login", "bob@example.com"))
          .isEqualTo(failure("user bob@example.com is disabled"));
      assertThat(KassaProcess.runCommand(folder, "login", "eve@example.com"))
          .isEqualTo(failure("user eve@example.com does not exist"));
    }
  }

  @Test
  void reports_errors_in_one_line() throws Exception {
    assertNoServer();
    assertNoServer("--db-url", "jdbc:postgresql://127.0.0.1:1/x?password=secret");
    assertThat(folder.resolve("data")).doesNotExist();
    KassaProcess.CommandResult rejected = KassaProcess.runCommand(folder, "login", "bob");
    assertThat(rejected.status()).isEqualTo(2);
    assertThat(rejected.out()).isEmpty();
    assertThat(rejected.err()).startsWith("kassa: ").hasLineCount(1);
  }

  @Test
  void local_admin_socket_is_private_and_a_stale_one_has_no_effect() throws Exception {
    Path file = folder.resolve("data/kassa.local-admin/socket");
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      kassa.kill();
    }
    assertThat(file).exists();
    assertNoServer();
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(get(kassa, login(), "/v1/orders").statusCode()).isEqualTo(200);
      kassa.stop();
    }
    assertThat(file).doesNotExist();
  }

  private void assertNoServer(String... flags) throws Exception {
    KassaProcess.CommandResult failed = KassaProcess.runCommand(folder, arguments(flags));
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .startsWith("kassa: no server runs with this database; start ./kassa")
        .hasLineCount(1);
  }

  /** Returns the token, which is all that the command prints. */
  private String login(String... arguments) throws Exception {
    KassaProcess.CommandResult result = KassaProcess.runCommand(folder, arguments(arguments));
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).matches("kas_[0-9A-Za-z_-]{43}\n");
    assertThat(result.err()).isEmpty();
    return result.out().strip();
  }

  private static String[] arguments(String... more) {
    List<String> all = new ArrayList<>(List.of("login"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static KassaProcess.CommandResult failure(String message) {
    return new KassaProcess.CommandResult(1, "", "kassa: " + message + "\n");
  }

  private HttpResponse<String> get(KassaProcess kassa, String token, String path) throws Exception {
    return send(kassa, token, "GET", path, "");
  }

  private HttpResponse<String> send(
      KassaProcess kassa, String token, String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(kassa.address() + path))
            .header("Authorization", "Bearer " + token);
    return client.send(
        body.isEmpty()
            ? request.build()
            : request
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
