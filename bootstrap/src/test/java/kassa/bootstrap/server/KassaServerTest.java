package kassa.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kassa.application.port.out.StoreUnavailableException;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.Setting;
import kassa.bootstrap.config.SettingSources;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(0)
class KassaServerTest {

  @TempDir private Path folder;

  @Test
  void generates_the_password_of_the_first_admin_only_if_the_server_starts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Config config = config(taken.getLocalPort());

      assertThatThrownBy(() -> KassaServer.start(config, "1"))
          .hasRootCauseInstanceOf(BindException.class);
    }
    try (KassaServer server = KassaServer.start(config(0), "1")) {
      assertThat(server.generatedAdminPassword()).isNotNull();
    }
    try (KassaServer server = KassaServer.start(config(0), "1")) {
      assertThat(server.generatedAdminPassword()).isNull();
    }
  }

  @Test
  void a_database_that_cannot_be_opened_leaves_no_port_open() throws IOException {
    Files.createFile(folder.resolve("kassa.mv.db"));
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }

    assertThatThrownBy(() -> KassaServer.start(config(port), "1"))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(isFree(port)).isTrue();
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket again = new ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return again.isBound();
    }
  }

  private Config config(int port) {
    return Config.of(
        SettingSources.load(
            Map.of(
                Setting.PORT,
                Integer.toString(port),
                Setting.DATA_DIR,
                folder.toString(),
                Setting.WARM_UP,
                "0")));
  }
}
