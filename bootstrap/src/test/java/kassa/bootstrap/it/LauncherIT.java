package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real launcher: module path, output, persistence, shutdown and configuration errors. */
@Timeout(600)
class LauncherIT {

  private static final String SEED =
      "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":10,\"unitPrice\":\"100.00\"}]}";

  private static final String MUG =
      "{\"sku\":\"MUG\",\"name\":\"Mug\",\"unitPrice\":\"100.00\",\"currency\":\"USD\",\"tags\":[\"a\",\"b\"]}";

  private static final Pattern PASSWORD = Pattern.compile("(?m)^Password: (\\S+)$");

  private static Path sharedFolder;
  @AutoClose private static KassaProcess shared;

  @TempDir Path folder;

  /** A server for the tests that need no new one. */
  @BeforeAll
  static void startSharedServer(@TempDir Path folder) throws Exception {
    sharedFolder = folder;
    shared = KassaProcess.startServer(folder);
  }

  @Test
  void prints_address_startup_time_and_an_example_request() throws Exception {
    assertThat(shared.stdoutLines().getFirst())
        .matches("Kassa listens on http://127\\.0\\.0\\.1:[0-9]+ \\(started in [0-9]+ ms;.*");
    assertThat(shared.stdoutLines().getLast())
        .isEqualTo(
            "curl -s '"
                + shared.address()
                + "/v1/quotes?explain=true' -H \"Authorization: Bearer $(./kassa login)\""
                + " -H 'Content-Type: application/json' -d '"
                + SEED
                + "'");
    assertThat(shared.log()).doesNotContain("WARN", "ERROR");
  }

  @Test
  void first_start_generates_admin_password_and_prints_it_once() throws Exception {
    String password;
    try (KassaProcess kassa = KassaProcess.startServer(folder, Map.of())) {
      Matcher shown = PASSWORD.matcher(String.join("\n", kassa.stdoutLines()));
      assertThat(shown.find()).as(String.join("\n", kassa.stdoutLines())).isTrue();
      password = shown.group(1);
      assertThat(password).hasSizeGreaterThanOrEqualTo(20);
      assertThat(signIn(kassa, password).statusCode()).isEqualTo(200);
      assertThat(signIn(kassa, password + "x").statusCode()).isEqualTo(401);
      kassa.stop();
      assertThat(kassa.log()).doesNotContain(password);
    }
    try (KassaProcess again = KassaProcess.startServer(folder, Map.of())) {
      assertThat(again.stdoutLines())
          .noneMatch(line -> line.contains(password) || line.startsWith("Password"));
      assertThat(signIn(again, password).statusCode()).isEqualTo(200);
    }
    try (KassaProcess other = KassaProcess.startServer(folder, Map.of(), "--data-dir", "other")) {
      Matcher shown = PASSWORD.matcher(String.join("\n", other.stdoutLines()));
      assertThat(shown.find()).isTrue();
      assertThat(shown.group(1)).isNotEqualTo(password);
    }
  }

  @Test
  void printed_example_request_runs_in_a_shell() throws Exception {
    Path launcher = sharedFolder.resolve("kassa");
    Files.writeString(launcher, "#!/bin/sh\nexec '" + KassaProcess.launcher() + "' \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    Process shell =
        new ProcessBuilder("sh", "-c", shared.stdoutLines().getLast())
            .directory(sharedFolder.toFile())
            .redirectErrorStream(true)
            .start();
    String response = new String(shell.getInputStream().readAllBytes(), UTF_8);

    assertThat(shell.waitFor()).as(response).isZero();
    assertThat(response).contains("\"trace\"", "\"total\":\"900.00\"").doesNotContain("problems");
  }

  @Test
  void configured_admin_password_is_never_printed_and_must_not_be_common() throws Exception {
    Map<String, String> given =
        Map.of("KASSA_ADMIN_EMAIL", "Ann@Example.com", "KASSA_ADMIN_PASSWORD", " kept as typed ");
    try (KassaProcess kassa = KassaProcess.startServer(folder, given)) {
      assertThat(String.join("\n", kassa.stdoutLines())).doesNotContain("kept as typed");
      String body = "{\"email\":\"ann@example.com\",\"password\":\"%s\"}";
      assertThat(
              kassa
                  .postAnonymously("/v1/auth/login", body.formatted(" kept as typed "))
                  .statusCode())
          .isEqualTo(200);
      assertThat(
              kassa.postAnonymously("/v1/auth/login", body.formatted("kept as typed")).statusCode())
          .isEqualTo(401);
      assertThat(kassa.log()).doesNotContain("kept as typed");
    }
    KassaProcess.CommandResult rejected =
        KassaProcess.runCommand(
            folder, "--port", "0", "--data-dir", "other", "--admin-password", "Password123");
    assertThat(rejected.status()).isEqualTo(1);
    assertThat(rejected.out()).isEmpty();
    assertThat(rejected.err().lines())
        .last()
        .asString()
        .contains("common password")
        .startsWith("kassa: ");
    assertThat(rejected.err()).doesNotContain("Password123");
  }

  @Test
  void warns_when_plain_http_is_exposed() throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder, "--host", "0.0.0.0")) {
      assertThat(kassa.log()).contains("WARN").contains("KASSA_TLS_CERTIFICATE");
      assertThat(kassa.get("/v1/orders").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void rejects_anonymous_calls() throws Exception {
    long stored = shared.exportOrders().count();
    assertThat(shared.getAnonymously("/v1/orders").statusCode()).isEqualTo(401);
    assertThat(shared.postAnonymously("/v1/orders", SEED).statusCode()).isEqualTo(401);
    assertThat(shared.exportOrders()).hasSize((int) stored);
  }

  private static HttpResponse<String> signIn(KassaProcess kassa, String password) {
    return kassa.postAnonymously(
        "/v1/auth/login", "{\"email\":\"admin@localhost\",\"password\":\"" + password + "\"}");
  }

  @Test
  void places_and_finds_an_order_and_shuts_down_cleanly() throws Exception {
    String placed;
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      var response = kassa.post("/v1/orders", SEED);
      placed = response.body();

      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(placed).contains("\"total\":\"900.00\"");
      assertThat(kassa.get("/v1/orders/1").body()).isEqualTo(placed);
      assertThat(kassa.get("/health").body())
          .isEqualTo("{\"message\":\"Service is healthy\",\"status\":200}");
      kassa.stop();
      assertThat(kassa.log()).contains("Stopped").doesNotContain("ERROR", "Exception");
    }
    try (KassaProcess again = KassaProcess.startServer(folder)) {
      assertThat(again.get("/v1/orders").body())
          .isEqualTo("{\"data\":[" + placed + "],\"nextCursor\":null}");
    }
  }

  @Test
  void acknowledged_orders_and_products_survive_kill_right_after_the_response() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    String created = "";
    for (int round = 0; round < 3; round++) {
      try (KassaProcess kassa = KassaProcess.startServer(folder)) {
        for (int i = 0; i < 5; i++) {
          acknowledged.addFirst(kassa.post("/v1/orders", SEED).body());
        }
        if (round == 1) {
          created = kassa.post("/v1/products", MUG).body();
          assertThat(created).contains("\"unitPrice\":\"100.00\"");
        }
        kassa.kill();
      }
    }
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(kassa.get("/v1/orders").body())
          .isEqualTo("{\"data\":[" + String.join(",", acknowledged) + "],\"nextCursor\":null}");
      assertThat(kassa.get("/v1/products/MUG").body()).isEqualTo(created);
    }
  }

  @Test
  void stores_everything_in_postgresql_with_one_setting() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.createEmpty()) {
      String url = postgres.url();
      String placed;
      String created;
      try (KassaProcess kassa = KassaProcess.startServer(folder, "--db-url", url)) {
        placed = kassa.post("/v1/orders", SEED).body();
        assertThat(placed).contains("\"total\":\"900.00\"");
        assertPlacesBatch(kassa);
        created = kassa.post("/v1/products", MUG).body();
        kassa.kill();
      }
      try (KassaProcess again = KassaProcess.startServer(folder, "--db-url=" + url)) {
        assertThat(again.get("/v1/orders/1").body()).isEqualTo(placed);
        assertThat(again.get("/v1/products/MUG").body()).isEqualTo(created);
        again.stop();
      }
      assertThat(folder.resolve("data").resolve("kassa.mv.db")).doesNotExist();
    }
  }

  @Test
  void places_a_batch_on_h2() {
    assertPlacesBatch(shared);
  }

  private static void assertPlacesBatch(KassaProcess kassa) {
    String batch = "{\"orders\":[" + SEED + "," + SEED.replace(":10,", ":0,") + "," + SEED + "]}";
    assertThat(kassa.post("/v1/orders/batch", batch).body())
        .contains(
            "{\"results\":[{\"index\":0,\"key\":null,\"status\":201,",
            "{\"index\":1,\"key\":null,\"status\":422,",
            "{\"index\":2,\"key\":null,\"status\":201,",
            "\"summary\":{\"placed\":2,\"rejected\":1}}");
  }

  /** The JVM does not start with the AOT cache if sizes of the heap do not fit together. */
  @ParameterizedTest
  @ValueSource(strings = {"-Xmx64m", "-Xms16m", "-Xmn100m", "-XX:StartFlightRecording"})
  void starts_with_java_options_of_the_user(String option) throws Exception {
    assertThat(
            KassaProcess.runCommand(folder, Map.of("KASSA_JAVA_OPTS", option), "--version")
                .status())
        .isZero();
  }

  @Test
  void prints_its_version() throws Exception {
    assertThat(KassaProcess.runCommand(folder, "--version"))
        .isEqualTo(
            new KassaProcess.CommandResult(
                0, "kassa " + System.getProperty("kassa.version") + "\n", ""));
  }

  @Test
  void prints_help() throws Exception {
    KassaProcess.CommandResult help = KassaProcess.runCommand(folder, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("./kassa", "--port", "KASSA_DB_URL");
    assertThat(help.err()).isEmpty();
  }

  @Test
  void prints_effective_settings_and_their_sources() throws Exception {
    Files.writeString(
        folder.resolve("kassa.properties"),
        "db-pool = 3\nlog=json\nadmin-password=only for this test\ntoken=kak_secret\n");

    KassaProcess.CommandResult config = KassaProcess.runCommand(folder, "config", "--log", "text");

    assertThat(config.status()).isZero();
    assertThat(config.out())
        .containsPattern("KASSA_DB_POOL += 3 +# kassa.properties\n")
        .containsPattern("KASSA_LOG += text +# flag\n")
        .containsPattern("KASSA_PORT += 8080 +# default\n")
        .containsPattern("KASSA_ADMIN_PASSWORD += \\*\\*\\* +# kassa.properties\n")
        .containsPattern("KASSA_TOKEN += \\*\\*\\* +# kassa.properties\n")
        .doesNotContain("only for this test", "kak_secret");
  }

  @Test
  void rejects_invalid_configuration_with_all_errors() throws Exception {
    KassaProcess.CommandResult rejected =
        KassaProcess.runCommand(folder, "--port", "70000", "--host", "", "--currencies", "USD,XXX");

    assertThat(rejected.status()).isEqualTo(2);
    assertThat(rejected.out()).isEmpty();
    assertThat(rejected.err().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("kassa: KASSA_PORT (flag): must be"))
        .anyMatch(line -> line.startsWith("kassa: KASSA_HOST (flag): must be an address"))
        .anyMatch(line -> line.startsWith("kassa: KASSA_CURRENCIES (flag): "));
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void reports_port_in_use_in_one_line() throws Exception {
    TemplateDatabase.copyTo(folder.resolve("data"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      KassaProcess.CommandResult result =
          KassaProcess.runCommand(folder, "--port", Integer.toString(taken.getLocalPort()));

      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith("kassa: cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void reports_database_in_use_in_one_line() throws Exception {
    KassaProcess.CommandResult result = KassaProcess.runCommand(sharedFolder, "--port", "0");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err().lines()).singleElement().asString().startsWith("kassa: ");
    assertThat(shared.get("/health/ready").statusCode()).isEqualTo(200);
  }
}
