package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Database outages under load: requests get 503 during the outage, no order is lost or incomplete,
 * and the server recovers without a restart.
 */
class DatabaseOutageIT {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder;

  @Test
  void recovers_from_dropped_postgresql_connections() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (KassaProcess node = KassaProcess.startServer(folder, "--db-url", url)) {
        OrderLoad load = startLoad(node);
        for (int time = 0; time < 5; time++) {
          dropConnections(url);
          load.awaitMoreOrders(20);
        }
        load.stop();

        load.assertFound(node, "after connections were dropped");
        ConsistencyChecks.assertConsistent(
            url, load.acknowledgedCount(), "after connections were dropped");
      }
    }
  }

  @Test
  void recovers_from_postgresql_restart() throws Exception {
    Path data = folder.resolve("postgresql");
    EmbeddedPostgres first = postgres(data).start();
    int port = first.getPort();
    String url = first.getJdbcUrl("postgres", "postgres");
    try (KassaProcess node = KassaProcess.startServer(folder, "--db-url", url)) {
      OrderLoad load = startLoad(node);
      first.close();
      load.awaitUnavailableResponses();
      assertThat(node.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(node.get("/health/live").statusCode()).isEqualTo(200);

      try (EmbeddedPostgres again = postgres(data).setPort(port).start()) {
        assertThat(again.getPort()).isEqualTo(port);
        load.awaitMoreOrders(50);
        load.stop();

        assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
        load.assertFound(node, "after PostgreSQL was stopped");
        ConsistencyChecks.assertConsistent(
            url, load.acknowledgedCount(), "after PostgreSQL was stopped");
      }
    }
  }

  @Test
  void recovers_from_full_disk_under_h2() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "needs prlimit to limit the size of files");
    Path file = folder.resolve("data").resolve("kassa.mv.db");
    String url = "jdbc:h2:file:" + folder.resolve("data").resolve("kassa") + ";USER=sa";
    OrderLoad load;
    try (KassaProcess node = KassaProcess.startServer(folder)) {
      load = startLoad(node);
      limitFiles(node, Files.size(file) + "");
      load.awaitUnavailableResponses();
      limitFiles(node, "unlimited");
      load.awaitMoreOrders(50);
      load.stop();

      load.assertFound(node, "after the disk was full");
    }
    ConsistencyChecks.assertConsistent(url, load.acknowledgedCount(), "after the disk was full");
  }

  private static OrderLoad startLoad(KassaProcess node) {
    OrderLoad.activateRule(node);
    OrderLoad load = OrderLoad.on(node);
    load.start(new SplittableRandom());
    load.awaitMoreOrders(50);
    return load;
  }

  private static EmbeddedPostgres.Builder postgres(Path data) {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  private static void dropConnections(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
              + " 'kassa'");
    }
  }

  /** Sets only the soft limit, which can be raised later. */
  private static void limitFiles(KassaProcess node, String bytes)
      throws IOException, InterruptedException {
    Process prlimit =
        new ProcessBuilder(PRLIMIT.toString(), "--pid=" + node.pid(), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
