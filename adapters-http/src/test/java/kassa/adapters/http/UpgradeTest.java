package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpgradeTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @ParameterizedTest
  @CsvSource({"/health, 200", "/v1/orders, 200", "/nowhere, 404"})
  void does_not_talk_another_protocol_and_answers_as_ever(String path, int status) {
    try (RawConnection connection = SERVER.client.open()) {
      Answer answer =
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
              .answer("GET", path);

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.has("Set-Cookie")).isFalse();
    }
  }
}
