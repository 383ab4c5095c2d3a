package kassa.bootstrap;

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
 * Takes the database away from a busy server and gives it back: requests are answered 503
 * meanwhile, no order is lost or half-written, and the server goes on without a restart.
 */
class OutageIT {

  private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  @TempDir private Path folder;

  @Test
  void connections_to_postgresql_may_be_dropped() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched node = Launched.serve(folder, "--db-url", url)) {
        OrderLoad load = busy(node);
        for (int time = 0; time < 5; time++) {
          dropConnections(url);
          load.awaitMore(20);
        }
        load.end();

        load.assertKept(node, "after connections were dropped");
        Books.assertAgree(url, load.orders(), "after connections were dropped");
      }
    }
  }

  @Test
  void postgresql_may_be_stopped_and_started_again() throws Exception {
    Path data = folder.resolve("postgresql");
    EmbeddedPostgres first = postgres(data).start();
    int port = first.getPort();
    String url = first.getJdbcUrl("postgres", "postgres");
    try (Launched node = Launched.serve(folder, "--db-url", url)) {
      OrderLoad load = busy(node);
      first.close();
      load.awaitUnavailable(20);
      assertThat(node.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(node.get("/health/live").statusCode()).isEqualTo(200);

      try (EmbeddedPostgres again = postgres(data).setPort(port).start()) {
        assertThat(again.getPort()).isEqualTo(port);
        load.awaitMore(50);
        load.end();

        assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
        load.assertKept(node, "after PostgreSQL was stopped");
        Books.assertAgree(url, load.orders(), "after PostgreSQL was stopped");
      }
    }
  }

  @Test
  void the_disk_under_h2_may_be_full() throws Exception {
    assumeTrue(Files.isExecutable(PRLIMIT), "the size of a file is limited by prlimit");
    Path file = folder.resolve("data").resolve("kassa.mv.db");
    String url = "jdbc:h2:file:" + folder.resolve("data").resolve("kassa") + ";USER=sa";
    OrderLoad load;
    try (Launched node = Launched.serve(folder)) {
      load = busy(node);
      limitFiles(node, Files.size(file) + "");
      load.awaitUnavailable(20);
      limitFiles(node, "unlimited");
      load.awaitMore(50);
      load.end();

      load.assertKept(node, "after the disk was full");
    }
    Books.assertAgree(url, load.orders(), "after the disk was full");
  }

  private static OrderLoad busy(Launched node) {
    OrderLoad.prepare(node);
    OrderLoad load = OrderLoad.on(node);
    load.begin(new SplittableRandom());
    load.awaitMore(50);
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

  /** Only the soft limit, which may be raised again. */
  private static void limitFiles(Launched node, String bytes)
      throws IOException, InterruptedException {
    Process prlimit =
        new ProcessBuilder(PRLIMIT.toString(), "--pid=" + node.pid(), "--fsize=" + bytes + ":")
            .inheritIO()
            .start();
    assertThat(prlimit.waitFor()).isZero();
  }
}
