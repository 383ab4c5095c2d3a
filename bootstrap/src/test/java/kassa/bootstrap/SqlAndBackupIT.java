package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for those who run Kassa, through the real launcher. */
@Timeout(180)
class SqlAndBackupIT {

  private static final String ORDER =
      "{\"currency\":\"USD\",\"customer\":{\"id\":\"c-%d\"},\"lines\":[{\"sku\":\"MUG\",\"quantity\":10,\"unitPrice\":\"100.00\"}]}";

  private static final String QUESTION =
      "select number, total, customer_id from v1_orders order by number";

  private static final List<String> VIEWS =
      List.of(
          "v1_orders order by number",
          "v1_order_lines order by order_number, position",
          "v1_order_discounts order by order_number, line_position, rule_id",
          "v1_daily_sales order by sold_on, currency",
          "v1_rule_usage order by rule_id, currency",
          "v1_codes order by code",
          "v1_customer_totals order by customer_id, currency");

  @TempDir private Path folder;

  @Test
  void sql_is_answered_while_the_server_runs_after_it_and_after_it_was_killed() throws Exception {
    String table =
        """
        number |    total | customer_id
        -------+----------+------------
             1 | 900.0000 | c-1
        """;
    Path control = folder.resolve("data/kassa.control");
    try (Launched kassa = Launched.serve(folder)) {
      assertThat(kassa.post("/v1/orders", ORDER.formatted(1)).statusCode()).isEqualTo(201);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control)))
          .isEqualTo("rw-------");
      assertThat(answer(QUESTION)).isEqualTo(new Launched.Ended(0, table, ""));
      assertThat(Launched.run(folder, "sql", "delete from orders").status()).isEqualTo(1);
      kassa.stop();
    }
    assertThat(control).doesNotExist();
    assertThat(answer(QUESTION).out()).isEqualTo(table);
    try (Launched kassa = Launched.serve(folder)) {
      kassa.kill();
    }
    assertThat(control).exists();
    assertThat(answer(QUESTION).out()).isEqualTo(table);
    try (Launched _ = Launched.serve(folder)) {
      assertThat(answer(QUESTION).out()).isEqualTo(table);
    }
  }

  @Test
  void sql_prints_csv_and_says_when_there_is_more() throws Exception {
    try (Launched kassa = Launched.serve(folder)) {
      for (int i = 1; i <= 3; i++) {
        kassa.post("/v1/orders", ORDER.formatted(i));
      }
      Launched.Ended ended =
          Launched.run(
              folder,
              "sql",
              "--csv",
              "--rows=2",
              "select number, '=1+1' as text, 'a\"b' as quoted, cast(null as varchar) as none"
                  + " from v1_orders order by number");

      assertThat(ended.out())
          .isEqualTo("number,text,quoted,none\r\n1,'=1+1,\"a\"\"b\",\r\n2,'=1+1,\"a\"\"b\",\r\n");
      assertThat(ended.err())
          .isEqualTo("kassa: these are the first 2 rows; --rows N prints more\n");
      assertThat(ended.status()).isZero();
    }
  }

  @Test
  void sql_tells_in_one_line_what_is_wrong() throws Exception {
    Launched.Ended missing = Launched.run(folder, "sql", "select 1");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).startsWith("kassa: there is no database at ").hasLineCount(1);
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(Launched.run(folder, "sql").status()).isEqualTo(2);
    assertThat(Launched.run(folder, "sql", "select 1", "--rows", "0").status()).isEqualTo(2);
    try (Launched _ = Launched.serve(folder)) {
      Launched.Ended wrong = answer("select nothing from nowhere");
      assertThat(wrong.status()).isEqualTo(1);
      assertThat(wrong.out()).isEmpty();
      assertThat(wrong.err()).startsWith("kassa: ").containsIgnoringCase("nowhere").hasLineCount(1);
    }
  }

  @Test
  void sql_asks_postgresql_and_backup_names_its_own_tools() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched kassa = Launched.serve(folder, "--db-url", url)) {
        kassa.post("/v1/orders", ORDER.formatted(1));

        assertThat(Launched.run(folder, "sql", "--csv", QUESTION, "--db-url", url))
            .isEqualTo(new Launched.Ended(0, "number,total,customer_id\r\n1,900.0000,c-1\r\n", ""));
        Launched.Ended written = Launched.run(folder, "sql", "--db-url", url, "delete from orders");
        assertThat(written.status()).isEqualTo(1);
        assertThat(written.err()).hasLineCount(1);
        for (String command : List.of("backup", "restore")) {
          Launched.Ended refused = Launched.run(folder, command, "x.zip", "--db-url", url);
          assertThat(refused.status()).isEqualTo(1);
          assertThat(refused.err()).contains("pg_dump").hasLineCount(1);
        }
      }
    }
  }

  @Test
  void a_backup_under_load_is_one_moment_of_the_database() throws Exception {
    AtomicBoolean loaded = new AtomicBoolean(true);
    AtomicInteger acknowledged = new AtomicInteger();
    List<Integer> before = new ArrayList<>();
    try (Launched kassa = Launched.serve(folder);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int customer = i;
        load.add(
            threads.submit(() -> {
              while (loaded.get()) {
                if (kassa.post("/v1/orders", ORDER.formatted(customer)).statusCode() == 201) {
                  acknowledged.incrementAndGet();
                }
              }
            }));
      }
      while (acknowledged.get() < 1_000) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 3; i++) {
        before.add(acknowledged.get());
        assertThat(Launched.run(folder, "backup", "backup" + i + ".zip").status()).isZero();
      }
      loaded.set(false);
      for (Future<?> caller : load) {
        caller.get();
      }
      assertThat(Launched.run(folder, "backup", "last.zip").status()).isZero();
      kassa.stop();
    }
    for (int i = 0; i < 3; i++) {
      Path data = folder.resolve("restored" + i);
      restore("backup" + i + ".zip", data);
      int count = Integer.parseInt(count("v1_orders", data));
      assertThat(count).isBetween(before.get(i), acknowledged.get());
      assertThat(count("v1_order_lines", data)).isEqualTo(Integer.toString(count));
      assertThat(count("v1_order_discounts", data)).isEqualTo(Integer.toString(count));
      String some = "v1_orders where number <= " + before.get(i) + " order by number";
      assertThat(csv(some, data)).isEqualTo(csv(some, folder.resolve("data")));
    }
    restore("last.zip", folder.resolve("last"));
    for (String view : VIEWS) {
      assertThat(csv(view, folder.resolve("last"))).isEqualTo(csv(view, folder.resolve("data")));
    }
    assertThat(script(folder.resolve("last"))).isEqualTo(script(folder.resolve("data")));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void nothing_is_overwritten_without_being_told_and_nothing_while_a_server_runs()
      throws Exception {
    String damaged = "damaged.zip";
    try (Launched kassa = Launched.serve(folder)) {
      kassa.post("/v1/orders", ORDER.formatted(1));
      assertThat(Launched.run(folder, "backup", "one.zip").status()).isZero();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("one.zip"))))
          .isEqualTo("rw-------");
      byte[] first = Files.readAllBytes(folder.resolve("one.zip"));
      kassa.post("/v1/orders", ORDER.formatted(2));

      assertRefused(Launched.run(folder, "backup", "one.zip"), "--force");
      assertThat(folder.resolve("one.zip")).hasBinaryContent(first);
      assertThat(Launched.run(folder, "backup", "--force", "one.zip").status()).isZero();
      assertRefused(Launched.run(folder, "restore", "one.zip"), "stop the server");
      assertRefused(Launched.run(folder, "restore", "one.zip", "--force"), "stop the server");
      kassa.post("/v1/orders", ORDER.formatted(3));
      kassa.stop();
    }
    assertRefused(Launched.run(folder, "restore", "one.zip"), "--force");
    byte[] bytes = Files.readAllBytes(folder.resolve("one.zip"));
    bytes[bytes.length / 2]++;
    Files.write(folder.resolve(damaged), bytes);
    assertRefused(Launched.run(folder, "restore", damaged, "--force"), damaged);
    Files.writeString(folder.resolve("text.zip"), "no zip");
    assertRefused(Launched.run(folder, "restore", "text.zip", "--force"), "text.zip");
    assertRefused(Launched.run(folder, "restore", "nowhere.zip", "--force"), "nowhere.zip");
    assertThat(count("v1_orders", folder.resolve("data"))).isEqualTo("3");

    assertThat(Launched.run(folder, "restore", "one.zip", "--force").status()).isZero();

    assertThat(count("v1_orders", folder.resolve("data"))).isEqualTo("2");
    try (Launched kassa = Launched.serve(folder)) {
      assertThat(kassa.post("/v1/orders", ORDER.formatted(4)).body()).contains("\"number\":3");
    }
  }

  private void restore(String backup, Path data) throws Exception {
    assertThat(Launched.run(folder, "restore", backup, "--data-dir", data.toString()))
        .extracting(Launched.Ended::status, Launched.Ended::err)
        .containsExactly(0, "");
  }

  private Launched.Ended answer(String sql) throws Exception {
    return Launched.run(folder, "sql", sql);
  }

  private String count(String from, Path data) throws Exception {
    String out =
        Launched.run(
                folder,
                "sql",
                "--csv",
                "--data-dir",
                data.toString(),
                "select count(*) as n from " + from)
            .out();
    return out.replace("n\r\n", "").strip();
  }

  private String csv(String from, Path data) throws Exception {
    Launched.Ended ended =
        Launched.run(
            folder,
            "sql",
            "--csv",
            "--rows=1000000",
            "--data-dir",
            data.toString(),
            "select * from " + from);
    assertThat(ended.err()).isEmpty();
    return ended.out();
  }

  /** Every table of a database, as H2 itself writes it down. */
  private static List<String> script(Path data) throws Exception {
    Path file = Files.createTempFile(data, "script", ".sql");
    org.h2.tools.Script.process(
        "jdbc:h2:file:" + data.resolve("kassa"), "sa", "", file.toString(), "", "");
    return Files.readAllLines(file).stream()
        .filter(line -> !line.contains("SALT"))
        .sorted()
        .toList();
  }

  private static void assertRefused(Launched.Ended ended, String because) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("kassa: ").contains(because).hasLineCount(1);
  }
}
