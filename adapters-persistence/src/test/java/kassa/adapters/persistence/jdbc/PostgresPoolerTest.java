package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPoolerTest {

  private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");

  @TempDir private Path folder;

  @Test
  void does_not_detect_a_pooler_on_a_direct_connection() throws SQLException {
    String url = PostgresServer.newEmptyDatabase();

    assertThat(PostgresPooler.isBetween(url, new Properties())).isFalse();
  }

  @Test
  void url_without_prepared_statements_counts_as_a_pooler() throws SQLException {
    String url = PostgresServer.newEmptyDatabase() + "&prepareThreshold=0";

    assertThat(PostgresPooler.isBetween(url, new Properties())).isTrue();
  }

  @Test
  void migrates_and_stores_orders_through_pgbouncer_in_transaction_mode() throws Exception {
    assumeTrue(Files.isExecutable(PGBOUNCER), "needs PgBouncer");
    URI direct = URI.create(PostgresServer.newEmptyDatabase().substring("jdbc:".length()));
    int port = freePort();
    Process pooler = startPooler(direct, port);
    try {
      String url = "jdbc:postgresql://127.0.0.1:" + port + direct.getPath() + "?user=postgres";
      assertThat(PostgresPooler.isBetween(url, new Properties())).isTrue();
      try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 8))) {
        // More threads than sessions, and more statements than the driver runs before it prepares.
        ConcurrentRuns.run(
            8,
            160,
            task -> SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich()));
        persistence.stores().probe().probe();

        assertThat(persistence.stores().orders().listNewestFirst(null, 200)).hasSize(160);
      }
    } finally {
      pooler.destroy();
      pooler.waitFor();
    }
  }

  private Process startPooler(URI database, int port) throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            * = host=%s port=%s user=postgres
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %s
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 3
            ignore_startup_parameters = extra_float_digits
            """
                .formatted(database.getHost(), database.getPort(), port));
    boolean isRoot = System.getProperty("user.name").equals("root");
    ProcessBuilder builder =
        isRoot
            ? new ProcessBuilder(PGBOUNCER.toString(), "-q", "-u", "nobody", config.toString())
            : new ProcessBuilder(PGBOUNCER.toString(), "-q", config.toString());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    while (process.isAlive() && !accepts(port)) {
      process.waitFor(10, TimeUnit.MILLISECONDS);
    }
    assertThat(process.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    return process;
  }

  private static boolean accepts(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
