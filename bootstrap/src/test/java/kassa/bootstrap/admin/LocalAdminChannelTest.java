package kassa.bootstrap.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.ResultColumn;
import kassa.adapters.persistence.admin.ResultSink;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.Settings;
import kassa.bootstrap.config.Settings.Value;
import kassa.bootstrap.server.KassaServer;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Order(0)
@Timeout(60)
class LocalAdminChannelTest {

  private static final EmailAddress ADMIN = new EmailAddress("admin@localhost");

  @TempDir private Path folder;

  @Test
  void listens_on_a_socket_of_the_owner_only() throws Exception {
    Config config = config(folder.resolve("data"), 0);
    Path socket = LocalAdminSocket.of(config).path();
    try (KassaServer server = KassaServer.start(config, "test")) {
      assertThat(permissions(LocalAdminSocket.of(config).folder())).isEqualTo("rwx------");
      assertThat(permissions(socket)).isEqualTo("rw-------");
      try (LocalAdminClient client = connect(config)) {
        assertThat(client.serverAddress()).isEqualTo(server.address());
      }
      try (LocalAdminClient client = connect(config)) {
        assertThat(client.login(ADMIN)).startsWith("kas_");
      }
    }
    assertThat(socket).doesNotExist();
    assertThat(LocalAdminClient.connect(config)).isEmpty();
  }

  @Test
  void login_works_as_soon_as_the_socket_exists() throws Exception {
    Config config = config(folder.resolve("data"), 0);
    CompletableFuture<String> token =
        CompletableFuture.supplyAsync(() -> {
          while (true) {
            try (LocalAdminClient client = LocalAdminClient.connect(config).orElse(null)) {
              if (client != null) {
                return client.login(ADMIN);
              }
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
            Thread.onSpinWait();
          }
        });
    try (KassaServer _ = KassaServer.start(config, "test")) {
      assertThat(token.get()).startsWith("kas_");
    }
  }

  @Test
  void works_where_the_path_is_too_long_for_a_socket() throws Exception {
    Config config = config(folder.resolve("d".repeat(120)).resolve("data"), 0);
    try (KassaServer server = KassaServer.start(config, "test");
        LocalAdminClient client = connect(config)) {
      assertThat(client.serverAddress()).isEqualTo(server.address());
    }
  }

  @Test
  void the_socket_of_a_killed_server_has_no_effect_and_is_replaced() throws Exception {
    Config config = config(folder, 0);
    LocalAdminSocket socket = LocalAdminSocket.of(config);
    socket.listen().close();
    assertThat(socket.path()).exists();

    assertThat(LocalAdminClient.connect(config)).isEmpty();
    try (KassaServer _ = KassaServer.start(config, "test");
        LocalAdminClient client = connect(config)) {
      assertThat(client.login(ADMIN)).startsWith("kas_");
    }
  }

  @Test
  void client_sends_nothing_to_a_socket_in_a_folder_that_others_can_write() throws Exception {
    Config config = config(folder, 0);
    LocalAdminSocket socket = LocalAdminSocket.of(config);
    try (ServerSocketChannel hostile = socket.listen()) {
      Files.setPosixFilePermissions(socket.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
      assertUntrusted(config, hostile);
    }
  }

  @Test
  void client_sends_nothing_to_a_socket_of_another_user() throws Exception {
    Config config = config(folder, 0);
    LocalAdminSocket socket = LocalAdminSocket.of(config);
    try (ServerSocketChannel hostile = socket.listen()) {
      for (Path file : List.of(socket.folder(), socket.path())) {
        setOwner(file, 65_534);
        assertUntrusted(config, hostile);
        setOwner(file, 0);
      }
    }
  }

  @Test
  void slow_clients_neither_delay_others_nor_keep_their_connection() throws Exception {
    Config config = config(folder, 0);
    List<SocketChannel> slow = new ArrayList<>();
    try (KassaServer _ = KassaServer.start(config, "test")) {
      for (int i = 0; i < 32; i++) {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(LocalAdminSocket.of(config).path()));
        channel.write(ByteBuffer.wrap(new byte[] {0}));
        slow.add(channel);
      }
      try (LocalAdminClient client = connect(config)) {
        assertThat(client.login(ADMIN)).startsWith("kas_");
      }
      for (SocketChannel channel : slow) {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        assertThat(in.readUTF()).isEqualTo(LocalAdminServer.GREETING);
        assertThat(in.read()).isEqualTo(-1);
      }
    } finally {
      for (SocketChannel channel : slow) {
        channel.close();
      }
    }
  }

  @Test
  void copies_the_database_for_a_query_and_deletes_the_copy_afterwards() throws Exception {
    Config config = config(folder, 0);
    DatabaseAdmin database = new DatabaseAdmin(config.database().url());
    LocalAdminSocket socket = LocalAdminSocket.of(config);
    socket.listen().close();
    Files.createFile(socket.folder().resolve("query-of-a-killed-server.mv.db"));
    try (KassaServer _ = KassaServer.start(config, "test")) {
      try (LocalAdminClient client = connect(config)) {
        Path copy = client.copyDatabase();
        assertThat(permissions(Path.of(copy + ".mv.db"))).isEqualTo("rw-------");
        List<List<@Nullable String>> rows = new ArrayList<>();
        new DatabaseAdmin(database.urlOfCopy(copy))
            .query(
                new SqlQuery("select count(*) from v1_orders", 10, Duration.ofSeconds(10)),
                new ResultSink() {
                  @Override
                  public void columns(List<ResultColumn> columns) {}

                  @Override
                  public void row(List<@Nullable String> values) {
                    rows.add(values);
                  }
                });
        assertThat(rows).containsExactly(List.of("0"));
      }
      while (!filesIn(socket.folder()).equals(List.of("socket"))) {
        Thread.onSpinWait();
      }
    }
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void import_knows_the_address_while_the_server_runs_and_after_its_restart() throws Exception {
    Config config = config(folder, 0);
    try (RunningServer running = new RunningServer(config)) {
      assertThat(running.get()).isEmpty();
      try (KassaServer server = KassaServer.start(config, "test")) {
        assertThat(running.get()).contains(URI.create(server.address()));
        assertThat(running.get()).contains(URI.create(server.address()));
      }
      assertThat(running.get()).isEmpty();
      try (KassaServer again = KassaServer.start(config, "test")) {
        assertThat(running.get()).contains(URI.create(again.address()));
      }
      assertThat(running.get()).isEmpty();
    }
  }

  @Test
  void a_server_without_its_channel_leaves_nothing_open() throws Exception {
    int port = freePort();
    Config config = config(folder, port);
    Files.createSymbolicLink(LocalAdminSocket.of(config).folder(), folder.resolve("nowhere"));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> KassaServer.start(config, "test"))
        .withMessageContaining("local admin channel");

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("kassa-scheduled-tasks");
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  private static LocalAdminClient connect(Config config) {
    return LocalAdminClient.connectIfEmbedded(config).orElseThrow();
  }

  private static void assertUntrusted(Config config, ServerSocketChannel hostile)
      throws IOException {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> LocalAdminClient.connect(config))
        .withMessageContaining("nothing was sent");
    hostile.configureBlocking(false);
    @Nullable SocketChannel connection = hostile.accept();
    assertThat(connection).isNull();
  }

  private static void setOwner(Path file, int uid) throws IOException {
    try {
      Files.setAttribute(file, "unix:uid", uid);
    } catch (IOException notRoot) {
      Assumptions.abort("only root can give files to another user");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Config config(Path dataDir, int port) {
    return Config.of(
        new Settings(
            Map.of(
                Setting.DATA_DIR, new Value(dataDir.toString(), "flag"),
                Setting.PORT, new Value(Integer.toString(port), "flag"),
                Setting.WARM_UP, new Value("0", "flag"))));
  }
}
