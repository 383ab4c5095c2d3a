package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolUpgradeTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @ParameterizedTest
  @CsvSource({"/health, 200", "/v1/orders, 200", "/nowhere, 404"})
  void ignores_upgrade_header(String path, int status) {
    try (RawHttpConnection connection = SERVER.client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  GET %s HTTP/1.1
                  Host: kassa
                  Connection: Upgrade
                  Upgrade: websocket
                  Sec-WebSocket-Version: 13
                  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                  """
                      .formatted(path))
              .readResponse("GET", path);

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.has("Set-Cookie")).isFalse();
    }
  }
}
