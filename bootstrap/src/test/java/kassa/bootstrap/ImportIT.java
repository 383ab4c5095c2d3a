package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The orders of {@code ./kassa import}, through the real launcher. Imports and servers are killed
 * when the file of results has grown to some length.
 */
@Timeout(240)
class ImportIT {

  private static final int ORDERS = 2_000;
  private static final int BAD = ORDERS / 100;
  private static final int GOOD = ORDERS - BAD;
  private static final String ONCE = "n,customers\r\n" + GOOD + "," + GOOD + "\r\n";
  private static final Path GUIDE =
      Path.of(System.getProperty("kassa.home")).resolve("docs").resolve("import.md");

  @TempDir private Path folder;

  @Test
  void each_order_is_made_once_when_the_import_is_killed_and_its_results_are_lost()
      throws Exception {
    Path file = ndjson();
    killWhenResults(300, Launched.begin(folder, "import", file.toString()));
    Files.delete(results(file));

    Launched.Ended again = Launched.run(folder, "import", file.toString());

    assertThat(again.status()).as(again.err()).isEqualTo(1);
    assertThat(placedNowAndBefore(again)).isEqualTo(GOOD);
    assertThat(number(again, "placed before")).isGreaterThan(250);
    assertThat(again.out())
        .startsWith(ORDERS + " orders in ")
        .contains(
            BAD + " invalid_value /lines/*/quantity out_of_range: ",
            "lines 100, 200, 300, 400, 500 and so on",
            "Results: " + results(file));
    assertThat(again.err()).contains("by a server for this import alone");
    assertThat(counted()).isEqualTo(ONCE);
  }

  @Test
  void each_order_is_made_once_when_the_import_is_told_to_end() throws Exception {
    Path file = ndjson();
    Launched.Begun begun = Launched.begin(folder, "import", file.toString());
    awaitResults(300, begun);
    begun.process().destroy();
    Launched.Ended ended = begun.end();

    assertThat(ended.status()).isEqualTo(143);
    assertThat(number(ended, "not sent")).isPositive();
    assertThat(ended.err()).contains("it was stopped; the same command goes on");

    Launched.Ended again = Launched.run(folder, "import", file.toString());
    assertThat(number(again, "placed")).isEqualTo(GOOD - number(ended, "placed"));
    assertThat(counted()).isEqualTo(ONCE);
  }

  @Test
  void each_order_is_made_once_on_postgresql_by_keys_and_by_results() throws Exception {
    Path file = csv();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched server = Launched.serve(folder, "--db-url", url)) {
        String[] command = {
          "import", file.toString(), "--url", server.address(), "--token", server.token()
        };
        killWhenResults(300, Launched.begin(folder, command));

        Launched.Ended again = Launched.run(folder, command);
        assertThat(placedNowAndBefore(again)).isEqualTo(GOOD);
        assertThat(counted("--db-url", url)).isEqualTo(ONCE);

        Files.delete(results(file));
        Launched.Ended byKeys = Launched.run(folder, command);
        assertThat(number(byKeys, "placed before")).isEqualTo(GOOD);

        forgetKeys(url);
        Launched.Ended byResults = Launched.run(folder, command);
        assertThat(number(byResults, "placed before")).isEqualTo(GOOD);
        assertThat(counted("--db-url", url)).isEqualTo(ONCE);
        server.stop();
      }
    }
  }

  @Test
  void goes_on_when_the_server_was_killed_and_is_there_again() throws Exception {
    Path file = ndjson();
    Launched.Begun begun;
    int port;
    try (Launched server = Launched.serve(folder)) {
      port = URI.create(server.address()).getPort();
      begun = Launched.begin(folder, "import", file.toString(), "--token", server.token());
      awaitResults(300, begun);
      server.kill();
    }
    try (Launched again = Launched.serve(folder, "--port", Integer.toString(port))) {
      Launched.Ended ended = begun.end();

      assertThat(placedNowAndBefore(ended)).isEqualTo(GOOD);
      assertThat(ended.err()).contains("into the server at " + again.address());
      assertThat(counted()).isEqualTo(ONCE);
    }
  }

  @Test
  void says_what_is_needed_when_a_server_does_not_let_it_in() throws Exception {
    Path file = ndjson();
    try (Launched server = Launched.serve(folder)) {
      Launched.Ended stranger = Launched.run(folder, "import", file.toString());
      assertThat(stranger.status()).isEqualTo(1);
      assertThat(stranger.err()).contains("401", "--token or KASSA_TOKEN");
      assertThat(number(stranger, "not sent")).isEqualTo(ORDERS);

      String key = key(server, "reports:read");
      Launched.Ended reader = Launched.run(folder, "import", file.toString(), "--token", key);
      assertThat(reader.status()).isEqualTo(1);
      assertThat(reader.err()).contains("403", "orders:write").doesNotContain(key);
      assertThat(reader.out()).doesNotContain(key);

      key = key(server, "orders:write\",\"prices:set");
      Launched.Ended writer = Launched.run(folder, "import", file.toString(), "--token", key);
      assertThat(placedNowAndBefore(writer)).isEqualTo(GOOD);
      assertThat(counted()).isEqualTo(ONCE);
    }
  }

  @Test
  void a_server_of_its_own_leaves_nothing_behind_but_the_orders() throws Exception {
    Path file =
        Files.writeString(folder.resolve("orders.ndjson"), EndlessOrders.line("one") + "\n");
    assertThat(Launched.run(folder, "import", file.toString()).status()).isZero();

    try (Launched server = Launched.serve(folder)) {
      assertThat(server.get("/v1/api-keys").body()).contains("\"data\":[]");
      assertThat(server.get("/v1/users").body()).containsOnlyOnce("\"email\"");
      assertThat(server.get("/v1/orders/1").statusCode()).isEqualTo(200);
    }
  }

  private static String key(Launched server, String scopes) {
    String issued =
        server.post("/v1/api-keys", "{\"name\":\"import\",\"scopes\":[\"" + scopes + "\"]}").body();
    Matcher matcher = Pattern.compile("kak_[0-9A-Za-z_-]{49}").matcher(issued);
    assertThat(matcher.find()).as(issued).isTrue();
    return matcher.group();
  }

  @Test
  void what_the_guide_shows_can_be_imported() throws Exception {
    String guide = Files.readString(GUIDE);
    Path csv = Files.writeString(folder.resolve("orders.csv"), block(guide, "csv"));
    Path ndjson = Files.writeString(folder.resolve("orders.ndjson"), block(guide, "json"));

    for (Path file : List.of(csv, ndjson)) {
      Launched.Ended ended = Launched.run(folder, "import", file.toString());
      assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    }
    assertThat(sql("select count(*) as n, round(sum(total), 2) as total from v1_orders"))
        .isEqualTo("n,total\r\n4,58.46\r\n");
  }

  @Test
  void refuses_what_cannot_be_used_and_touches_nothing() throws Exception {
    Path torn = Files.writeString(folder.resolve("torn.csv"), "order,currency,sku\nA,USD\n");
    Path nameless = Files.writeString(folder.resolve("orders.txt"), "{}\n");
    List<Stream<String>> unusable =
        List.of(
            Stream.of(torn.toString()),
            Stream.of(nameless.toString()),
            Stream.of(folder.resolve("none.csv").toString()),
            Stream.of(nameless.toString(), "--format", "xml"),
            Stream.of(nameless.toString(), "--format=ndjson", "--url", "ftp://here"),
            Stream.of(nameless.toString(), "--format=ndjson", "--results", nameless.toString()),
            Stream.of());
    for (Stream<String> words : unusable) {
      String[] command = Stream.concat(Stream.of("import"), words).toArray(String[]::new);
      Launched.Ended refused = Launched.run(folder, command);

      assertThat(refused.status()).as(String.join(" ", command)).isEqualTo(2);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("kassa: "));
    }
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(nameless).hasContent("{}");
  }

  private void killWhenResults(int results, Launched.Begun command) throws Exception {
    awaitResults(results, command);
    command.process().destroyForcibly();
    assertThat(command.end().status()).isEqualTo(137);
  }

  /** Returns when the only file of results has grown to so many lines. */
  private void awaitResults(int results, Launched.Begun command) throws IOException {
    while (command.process().isAlive() && linesOfResults() < results) {
      Thread.onSpinWait();
    }
    assertThat(command.process().isAlive()).as(Files.readString(command.err())).isTrue();
  }

  private long linesOfResults() throws IOException {
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

  private static int placedNowAndBefore(Launched.Ended ended) {
    return number(ended, "placed") + number(ended, "placed before");
  }

  private static int number(Launched.Ended ended, String what) {
    Matcher matcher =
        Pattern.compile("^ +([0-9]+) " + what + "$", Pattern.MULTILINE).matcher(ended.out());
    assertThat(matcher.find()).as(ended.out() + ended.err()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private String counted(String... flags) throws Exception {
    return sql(
        "select count(*) as n, count(distinct customer_id) as customers from v1_orders", flags);
  }

  private String sql(String sql, String... flags) throws Exception {
    List<String> command = new ArrayList<>(List.of("sql", "--csv", sql));
    command.addAll(List.of(flags));
    return Launched.run(folder, command.toArray(String[]::new)).out();
  }

  private static void forgetKeys(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("delete from kept_answers")).isEqualTo(GOOD);
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

  /** Orders without keys; each hundredth cannot be placed. */
  private Path ndjson() throws IOException {
    return Files.writeString(
        folder.resolve("orders.ndjson"),
        IntStream.rangeClosed(1, ORDERS)
            .mapToObj(i ->
                """
                {"currency":"USD","customerId":"c-%d","lines":[{"sku":"MUG","quantity":%d,\
                "unitPrice":"7.50"},{"sku":"CUP","quantity":1,"unitPrice":"3.99"}]}
                """
                    .formatted(i, quantity(i)))
            .collect(Collectors.joining()));
  }

  /** The same as CSV. */
  private Path csv() throws IOException {
    return Files.writeString(
        folder.resolve("orders.csv"),
        IntStream.rangeClosed(1, ORDERS)
            .mapToObj(i ->
                """
                A-%1$d,USD,c-%1$d,MUG,%2$d,7.50
                A-%1$d,USD,c-%1$d,CUP,1,3.99
                """
                    .formatted(i, quantity(i)))
            .collect(
                Collectors.joining("", "order,currency,customerId,sku,quantity,unitPrice\n", "")));
  }

  private static int quantity(int order) {
    return order % 100 == 0 ? 0 : 1 + order % 7;
  }
}
