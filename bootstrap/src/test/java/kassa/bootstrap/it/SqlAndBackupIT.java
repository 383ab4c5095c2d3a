package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./kassa sql}, {@code backup} and {@code restore} through the real launcher. */
@Order(2)
@Timeout(600)
class SqlAndBackupIT {

  private static final String ORDER =
      "{\"currency\":\"USD\",\"customer\":{\"id\":\"c-%s\"},\"lines\":[{\"sku\":\"MUG\",\"quantity\":10,\"unitPrice\":\"100.00\"}]}";

  private static final String QUERY =
      "select number, total, customer_id from v1_orders order by number";

  /** Orders before the first backup; more follow more slowly. */
  private static final int MIN_ORDERS = 1_000;

  private static final List<String> VIEWS =
      List.of(
          "select * from v1_orders order by number",
          "select * from v1_order_lines order by order_number, position",
          "select * from v1_order_discounts order by order_number, line_position, rule_id",
          "select * from v1_daily_sales order by sold_on, currency",
          "select * from v1_rule_usage order by rule_id, currency",
          "select * from v1_codes order by code",
          "select * from v1_customer_totals order by customer_id, currency");

  private static Path sharedFolder;
  @AutoClose private static KassaProcess shared;

  @TempDir private Path folder;

  /** A server with three orders, for the tests that need no new one. */
  @BeforeAll
  static void startSharedServer(@TempDir Path folder) throws Exception {
    sharedFolder = folder;
    shared = KassaProcess.startServer(folder);
    for (int i = 1; i <= 3; i++) {
      assertThat(shared.post("/v1/orders", ORDER.formatted(i)).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void sql_works_with_running_stopped_and_killed_server() throws Exception {
    String table =
        """
        number |    total | customer_id
        -------+----------+------------
             1 | 900.0000 | c-1
        """;
    Path control = folder.resolve("data/kassa.local-admin/socket");
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(kassa.post("/v1/orders", ORDER.formatted(1)).statusCode()).isEqualTo(201);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(control)))
          .isEqualTo("rw-------");
      assertThat(query(QUERY)).isEqualTo(new KassaProcess.CommandResult(0, table, ""));
      assertThat(KassaProcess.runCommand(folder, "sql", "delete from orders").status())
          .isEqualTo(1);
      kassa.stop();
    }
    assertThat(control).doesNotExist();
    assertThat(query(QUERY).out()).isEqualTo(table);
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      kassa.kill();
    }
    assertThat(control).exists();
    assertThat(query(QUERY).out()).isEqualTo(table);
    try (KassaProcess _ = KassaProcess.startServer(folder)) {
      assertThat(query(QUERY).out()).isEqualTo(table);
    }
  }

  @Test
  void query_without_enough_memory_fails_alone() throws Exception {
    KassaProcess.CommandResult failed =
        KassaProcess.runCommand(
            sharedFolder,
            "sql",
            "--java-opts=-Xmx128m",
            "with recursive t(n, s) as (select 1, cast('x' as varchar) union all"
                + " select n + 1, s || s from t where n < 40) select max(char_length(s)) from t");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("the query needs more memory than this command has");
    assertThat(shared.post("/v1/orders", ORDER.formatted("after")).statusCode()).isEqualTo(201);
    assertThat(
            KassaProcess.runCommand(
                    sharedFolder,
                    "sql",
                    "select count(*) as n from v1_orders where customer_id = 'c-after'")
                .out())
        .contains("1");
  }

  @Test
  void sql_prints_csv_and_reports_truncated_result() throws Exception {
    KassaProcess.CommandResult ended =
        KassaProcess.runCommand(
            sharedFolder,
            "sql",
            "--csv",
            "--rows=2",
            "select number, '=1+1' as text, 'a\"b' as quoted, cast(null as varchar) as none"
                + " from v1_orders order by number");

    assertThat(ended.out())
        .isEqualTo("number,text,quoted,none\r\n1,'=1+1,\"a\"\"b\",\r\n2,'=1+1,\"a\"\"b\",\r\n");
    assertThat(ended.err())
        .isEqualTo("kassa: only the first 2 rows are shown; use --rows N for more\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void sql_reports_errors_in_one_line() throws Exception {
    KassaProcess.CommandResult missing = KassaProcess.runCommand(folder, "sql", "select 1");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).startsWith("kassa: no database exists at ").hasLineCount(1);
    assertThat(folder.resolve("data")).doesNotExist();
    assertThat(KassaProcess.runCommand(folder, "sql", "select 1", "--rows", "0").status())
        .isEqualTo(2);
    KassaProcess.CommandResult wrong =
        KassaProcess.runCommand(sharedFolder, "sql", "select nothing from nowhere");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("kassa: ").containsIgnoringCase("nowhere").hasLineCount(1);
  }

  @Test
  void sql_queries_postgresql_and_backup_refers_to_pg_dump() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess kassa = KassaProcess.startServer(folder, "--db-url", url)) {
        kassa.post("/v1/orders", ORDER.formatted(1));

        assertThat(KassaProcess.runCommand(folder, "sql", "--csv", QUERY, "--db-url", url))
            .isEqualTo(
                new KassaProcess.CommandResult(
                    0, "number,total,customer_id\r\n1,900.0000,c-1\r\n", ""));
        KassaProcess.CommandResult written =
            KassaProcess.runCommand(folder, "sql", "--db-url", url, "delete from orders");
        assertThat(written.status()).isEqualTo(1);
        assertThat(written.err()).hasLineCount(1);
        for (String command : List.of("backup", "restore")) {
          KassaProcess.CommandResult rejected =
              KassaProcess.runCommand(folder, command, "x.zip", "--db-url", url);
          assertThat(rejected.status()).isEqualTo(1);
          assertThat(rejected.err()).contains("pg_dump").hasLineCount(1);
        }
      }
    }
  }

  @Test
  void backup_under_load_is_a_consistent_snapshot() throws Exception {
    AtomicBoolean loaded = new AtomicBoolean(true);
    AtomicInteger acknowledged = new AtomicInteger();
    List<Integer> before = new ArrayList<>();
    try (KassaProcess kassa = KassaProcess.startServer(folder);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> load = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int customer = i;
        load.add(
            threads.submit(() -> {
              while (loaded.get()) {
                if (kassa.post("/v1/orders", ORDER.formatted(customer)).statusCode() == 201
                    && acknowledged.incrementAndGet() > MIN_ORDERS) {
                  Polling.pauseClient();
                }
              }
            }));
      }
      while (acknowledged.get() < MIN_ORDERS) {
        Polling.pause();
      }
      for (int i = 0; i < 3; i++) {
        before.add(acknowledged.get());
        assertThat(KassaProcess.runCommand(folder, "backup", "backup" + i + ".zip").status())
            .isZero();
      }
      loaded.set(false);
      for (Future<?> caller : load) {
        caller.get();
      }
      assertThat(KassaProcess.runCommand(folder, "backup", "last.zip").status()).isZero();
      kassa.stop();
    }
    for (int i = 0; i < 3; i++) {
      Path data = folder.resolve("restored" + i);
      restore("backup" + i + ".zip", data);
      String some = "select * from v1_orders where number <= " + before.get(i) + " order by number";
      List<List<String>> restored =
          DatabaseRows.ofEmbedded(
              data,
              List.of(
                  "select count(*) from v1_orders",
                  "select count(*) from v1_order_lines",
                  "select count(*) from v1_order_discounts",
                  some));
      String count = restored.get(0).getFirst();
      assertThat(Integer.parseInt(count.replace("|", "")))
          .isBetween(before.get(i), acknowledged.get());
      assertThat(restored.get(1)).containsExactly(count);
      assertThat(restored.get(2)).containsExactly(count);
      assertThat(restored.get(3)).isEqualTo(DatabaseRows.ofEmbedded(folder.resolve("data"), some));
    }
    restore("last.zip", folder.resolve("last"));
    assertThat(DatabaseRows.ofEmbedded(folder.resolve("last"), VIEWS))
        .isEqualTo(DatabaseRows.ofEmbedded(folder.resolve("data"), VIEWS));
    assertThat(script(folder.resolve("last")))
        .hasSizeGreaterThan(3_000)
        .isEqualTo(script(folder.resolve("data")));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void overwrites_only_with_force_and_never_under_a_running_server() throws Exception {
    String damaged = "damaged.zip";
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      kassa.post("/v1/orders", ORDER.formatted(1));
      assertThat(KassaProcess.runCommand(folder, "backup", "one.zip").status()).isZero();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("one.zip"))))
          .isEqualTo("rw-------");
      byte[] first = Files.readAllBytes(folder.resolve("one.zip"));
      kassa.post("/v1/orders", ORDER.formatted(2));

      assertRejected(KassaProcess.runCommand(folder, "backup", "one.zip"), "--force");
      assertThat(folder.resolve("one.zip")).hasBinaryContent(first);
      assertThat(KassaProcess.runCommand(folder, "backup", "--force", "one.zip").status()).isZero();
      assertRejected(KassaProcess.runCommand(folder, "restore", "one.zip"), "stop the server");
      assertRejected(
          KassaProcess.runCommand(folder, "restore", "one.zip", "--force"), "stop the server");
      kassa.post("/v1/orders", ORDER.formatted(3));
      kassa.stop();
    }
    assertRejected(KassaProcess.runCommand(folder, "restore", "one.zip"), "--force");
    byte[] bytes = Files.readAllBytes(folder.resolve("one.zip"));
    bytes[bytes.length / 2]++;
    Files.write(folder.resolve(damaged), bytes);
    assertRejected(KassaProcess.runCommand(folder, "restore", damaged, "--force"), damaged);
    Files.writeString(folder.resolve("text.zip"), "no zip");
    assertRejected(KassaProcess.runCommand(folder, "restore", "text.zip", "--force"), "text.zip");
    assertRejected(
        KassaProcess.runCommand(folder, "restore", "nowhere.zip", "--force"), "nowhere.zip");
    assertThat(countOrders(folder.resolve("data"))).isEqualTo(3);

    assertThat(KassaProcess.runCommand(folder, "restore", "one.zip", "--force").status()).isZero();

    assertThat(countOrders(folder.resolve("data"))).isEqualTo(2);
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertThat(kassa.post("/v1/orders", ORDER.formatted(4)).body()).contains("\"number\":3");
    }
  }

  private void restore(String backup, Path data) throws Exception {
    assertThat(KassaProcess.runCommand(folder, "restore", backup, "--data-dir", data.toString()))
        .extracting(KassaProcess.CommandResult::status, KassaProcess.CommandResult::err)
        .containsExactly(0, "");
  }

  private KassaProcess.CommandResult query(String sql) throws Exception {
    return KassaProcess.runCommand(folder, "sql", sql);
  }

  private static int countOrders(Path data) throws Exception {
    return DatabaseRows.ofEmbedded(data, "select * from v1_orders").size();
  }

  /** All rows of all tables of a database, as the H2 script tool writes them. */
  private static List<String> script(Path data) throws Exception {
    Path file = Files.createTempFile(data, "script", ".sql");
    org.h2.tools.Script.process(
        "jdbc:h2:file:" + data.resolve("kassa"), "sa", "", file.toString(), "", "");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("INSERT INTO") || line.startsWith("("))
        .sorted()
        .toList();
  }

  private static void assertRejected(KassaProcess.CommandResult ended, String because) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).startsWith("kassa: ").contains(because).hasLineCount(1);
  }
}
