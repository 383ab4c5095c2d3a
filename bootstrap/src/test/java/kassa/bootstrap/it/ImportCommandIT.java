package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./kassa import} through the real launcher. Imports and servers are killed when the file of
 * results has reached a certain length.
 */
@Order(3)
@Timeout(600)
class ImportCommandIT {

  private static final int ORDERS = 2_000;
  private static final int INVALID_COUNT = ORDERS / 100;
  private static final int VALID_COUNT = validCount(ORDERS);

  /** For tests that need no more than one batch. */
  private static final int FEW_ORDERS = 150;

  private static final String COUNT_ORDERS =
      "select count(*), count(distinct customer_id) from v1_orders";
  private static final Path GUIDE =
      Path.of(System.getProperty("kassa.home")).resolve("docs/reference/import-format.md");

  @TempDir private Path folder;

  @Test
  void places_each_order_once_after_import_was_killed_and_results_lost() throws Exception {
    Path file = ndjson(ORDERS);
    killAfterResultLines(300, KassaProcess.startCommand(folder, "import", file.toString()));
    Files.delete(results(file));

    KassaProcess.CommandResult again = KassaProcess.runCommand(folder, "import", file.toString());

    assertThat(again.status()).as(again.err()).isEqualTo(1);
    assertThat(placedNowAndBefore(again)).isEqualTo(VALID_COUNT);
    assertThat(number(again, "already placed")).isGreaterThan(250);
    assertThat(again.out())
        .startsWith(ORDERS + " orders in ")
        .contains(
            INVALID_COUNT + " invalid_value /lines/*/quantity out_of_range: ",
            "lines 100, 200, 300, 400, 500 ...",
            "Results: " + results(file));
    assertThat(again.err()).contains("with a temporary server");
    assertPlacedOnce(VALID_COUNT);
  }

  @Test
  void places_each_order_once_after_import_was_interrupted() throws Exception {
    Path file = ndjson(ORDERS);
    KassaProcess.RunningCommand running =
        KassaProcess.startCommand(folder, "import", file.toString());
    awaitResultLines(300, running);
    running.process().destroy();
    KassaProcess.CommandResult result = running.awaitResult();

    assertThat(result.status()).isEqualTo(143);
    assertThat(number(result, "not sent")).isPositive();
    assertThat(result.err()).contains("it was stopped; run the same command again");

    KassaProcess.CommandResult again = KassaProcess.runCommand(folder, "import", file.toString());
    assertThat(number(again, "placed")).isEqualTo(VALID_COUNT - number(result, "placed"));
    assertPlacedOnce(VALID_COUNT);
  }

  @Test
  void places_each_order_once_on_postgresql_by_keys_and_by_results_file() throws Exception {
    Path file = csv();
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess server = KassaProcess.startServer(folder, "--db-url", url)) {
        String[] command = {
          "import", file.toString(), "--url", server.address(), "--token", server.token()
        };
        killAfterResultLines(300, KassaProcess.startCommand(folder, command));

        KassaProcess.CommandResult again = KassaProcess.runCommand(folder, command);
        assertThat(placedNowAndBefore(again)).isEqualTo(VALID_COUNT);
        assertThat(DatabaseRows.of(url, COUNT_ORDERS))
            .containsExactly(VALID_COUNT + "|" + VALID_COUNT + "|");

        Files.delete(results(file));
        KassaProcess.CommandResult byKeys = KassaProcess.runCommand(folder, command);
        assertThat(number(byKeys, "already placed")).isEqualTo(VALID_COUNT);

        deleteIdempotencyRecords(url);
        KassaProcess.CommandResult byResults = KassaProcess.runCommand(folder, command);
        assertThat(number(byResults, "already placed")).isEqualTo(VALID_COUNT);
        assertThat(DatabaseRows.of(url, COUNT_ORDERS))
            .containsExactly(VALID_COUNT + "|" + VALID_COUNT + "|");
        server.stop();
      }
    }
  }

  @Test
  void retries_until_a_killed_server_is_restarted() throws Exception {
    Path file = ndjson(ORDERS);
    KassaProcess.RunningCommand running;
    int port;
    try (KassaProcess server = KassaProcess.startServer(folder)) {
      port = URI.create(server.address()).getPort();
      running =
          KassaProcess.startCommand(folder, "import", file.toString(), "--token", server.token());
      awaitResultLines(300, running);
      server.kill();
    }
    try (KassaProcess again = KassaProcess.startServer(folder, "--port", Integer.toString(port))) {
      KassaProcess.CommandResult result = running.awaitResult();

      assertThat(placedNowAndBefore(result)).isEqualTo(VALID_COUNT);
      assertThat(result.err()).contains("into the server at " + again.address());
      again.stop();
      assertPlacedOnce(VALID_COUNT);
    }
  }

  @Test
  void reports_missing_token_or_scope() throws Exception {
    Path file = ndjson(FEW_ORDERS);
    try (KassaProcess server = KassaProcess.startServer(folder)) {
      KassaProcess.CommandResult stranger =
          KassaProcess.runCommand(folder, "import", file.toString());
      assertThat(stranger.status()).isEqualTo(1);
      assertThat(stranger.err()).contains("401", "--token or KASSA_TOKEN");
      assertThat(number(stranger, "not sent")).isEqualTo(FEW_ORDERS);

      String key = key(server, "reports:read");
      KassaProcess.CommandResult reader =
          KassaProcess.runCommand(folder, "import", file.toString(), "--token", key);
      assertThat(reader.status()).isEqualTo(1);
      assertThat(reader.err()).contains("403", "orders:write").doesNotContain(key);
      assertThat(reader.out()).doesNotContain(key);

      key = key(server, "orders:write\",\"prices:set");
      KassaProcess.CommandResult writer =
          KassaProcess.runCommand(folder, "import", file.toString(), "--token", key);
      assertThat(placedNowAndBefore(writer)).isEqualTo(validCount(FEW_ORDERS));
      server.stop();
      assertPlacedOnce(validCount(FEW_ORDERS));
    }
  }

  @Test
  void embedded_server_leaves_no_session_key_or_user() throws Exception {
    Path file =
        Files.writeString(folder.resolve("orders.ndjson"), EndlessOrderStream.line("one") + "\n");
    assertThat(KassaProcess.runCommand(folder, "import", file.toString()).status()).isZero();

    try (KassaProcess server = KassaProcess.startServer(folder)) {
      assertThat(server.get("/v1/api-keys").body()).contains("\"data\":[]");
      assertThat(server.get("/v1/users").body()).containsOnlyOnce("\"email\"");
      assertThat(server.get("/v1/orders/1").statusCode()).isEqualTo(200);
    }
  }

  private static String key(KassaProcess server, String scopes) {
    String issued =
        server.post("/v1/api-keys", "{\"name\":\"import\",\"scopes\":[\"" + scopes + "\"]}").body();
    Matcher matcher = Pattern.compile("kak_[0-9A-Za-z_-]{49}").matcher(issued);
    assertThat(matcher.find()).as(issued).isTrue();
    return matcher.group();
  }

  @Test
  void examples_of_the_import_format_page_can_be_imported() throws Exception {
    String guide = Files.readString(GUIDE);
    Path csv = Files.writeString(folder.resolve("orders.csv"), block(guide, "csv"));
    Path ndjson = Files.writeString(folder.resolve("orders.ndjson"), block(guide, "json"));

    for (Path file : List.of(csv, ndjson)) {
      KassaProcess.CommandResult result =
          KassaProcess.runCommand(folder, "import", file.toString());
      assertThat(result.status()).as(result.out() + result.err()).isZero();
    }
    assertThat(
            DatabaseRows.ofEmbedded(
                folder.resolve("data"), "select count(*), round(sum(total), 2) from v1_orders"))
        .containsExactly("4|58.46|");
  }

  @Test
  void rejects_invalid_input_and_changes_nothing() throws Exception {
    Path torn = Files.writeString(folder.resolve("torn.csv"), "order,currency,sku\nA,USD\n");
    Path nameless = Files.writeString(folder.resolve("orders.txt"), "{}\n");
    List<Stream<String>> unusable =
        List.of(
            Stream.of(torn.toString()),
            Stream.of(nameless.toString(), "--format=ndjson", "--results", nameless.toString()));
    for (Stream<String> arguments : unusable) {
      String[] command = Stream.concat(Stream.of("import"), arguments).toArray(String[]::new);
      KassaProcess.CommandResult rejected = KassaProcess.runCommand(folder, command);

      assertThat(rejected.status()).as(String.join(" ", command)).isEqualTo(2);
      assertThat(rejected.out()).isEmpty();
      assertThat(rejected.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("kassa: "));
    }
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(nameless).hasContent("{}");
  }

  private void killAfterResultLines(int results, KassaProcess.RunningCommand command)
      throws Exception {
    awaitResultLines(results, command);
    command.process().destroyForcibly();
    assertThat(command.awaitResult().status()).isEqualTo(137);
  }

  /** Waits until the only file of results has this number of lines. */
  private void awaitResultLines(int results, KassaProcess.RunningCommand command)
      throws IOException {
    while (command.process().isAlive() && countResultLines() < results) {
      Polling.pause();
    }
    assertThat(command.process().isAlive()).as(Files.readString(command.err())).isTrue();
  }

  private long countResultLines() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".results.ndjson")).forEach(found::add);
    }
    long lines = 0;
    for (Path file : found) {
      lines += Files.readString(file).lines().count();
    }
    return lines;
  }

  private static int placedNowAndBefore(KassaProcess.CommandResult result) {
    return number(result, "placed") + number(result, "already placed");
  }

  private static int number(KassaProcess.CommandResult result, String what) {
    Matcher matcher =
        Pattern.compile("^ +([0-9]+) " + what + "$", Pattern.MULTILINE).matcher(result.out());
    assertThat(matcher.find()).as(result.out() + result.err()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  /** Checks that each valid order is in the embedded database, which no server has open, once. */
  private void assertPlacedOnce(int orders) throws Exception {
    assertThat(DatabaseRows.ofEmbedded(folder.resolve("data"), COUNT_ORDERS))
        .containsExactly(orders + "|" + orders + "|");
  }

  private static void deleteIdempotencyRecords(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("delete from idempotency_records")).isEqualTo(VALID_COUNT);
    }
  }

  private static String block(String guide, String language) {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static Path results(Path file) {
    return file.resolveSibling(file.getFileName() + ".results.ndjson");
  }

  /** Orders without keys; every hundredth is invalid. */
  private Path ndjson(int orders) throws IOException {
    return Files.writeString(
        folder.resolve("orders.ndjson"),
        IntStream.rangeClosed(1, orders)
            .mapToObj(i ->
                """
                {"currency":"USD","customerId":"c-%s","lines":[{"sku":"MUG","quantity":%s,\
                "unitPrice":"7.50"},{"sku":"CUP","quantity":1,"unitPrice":"3.99"}]}
                """
                    .formatted(i, quantity(i)))
            .collect(Collectors.joining()));
  }

  /** Orders as CSV. */
  private Path csv() throws IOException {
    return Files.writeString(
        folder.resolve("orders.csv"),
        IntStream.rangeClosed(1, ORDERS)
            .mapToObj(i ->
                """
                A-%1$s,USD,c-%1$s,MUG,%2$s,7.50
                A-%1$s,USD,c-%1$s,CUP,1,3.99
                """
                    .formatted(i, quantity(i)))
            .collect(
                Collectors.joining("", "order,currency,customerId,sku,quantity,unitPrice\n", "")));
  }

  private static int validCount(int orders) {
    return orders - orders / 100;
  }

  private static int quantity(int order) {
    return order % 100 == 0 ? 0 : 1 + order % 7;
  }
}
