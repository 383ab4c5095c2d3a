package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceCallsTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void health_is_answered_in_exactly_these_bytes() {
    Answer answer = client.get("/health");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Service is healthy\",\"status\":200}");
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void it_is_live_and_ready() {
    assertThat(client.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(client.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void it_is_live_and_not_ready_while_the_store_is_gone() {
    server.store.takeAway();

    Answer ready = client.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.at("/code")).isEqualTo("store_unavailable");
    assertThat(ready.header("Retry-After")).isEqualTo("1");
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/health").status()).isEqualTo(200);
  }

  @Test
  void it_is_ready_again_when_the_store_is_back() {
    server.store.takeAway();
    CheckedClient.expect(503, client.get("/health/ready"));

    server.store.bringBack();

    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void it_says_what_is_running() {
    assertThat(client.get("/version").json())
        .isEqualTo(
            Json.read(
                """
                {"name": "kassa", "version": "0.1.0", "java": "%s"}
                """
                    .formatted(Runtime.version())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/version", "/docs"})
  void these_calls_have_no_parameters(String path) {
    Answer answer = client.get(path + "?a=1");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly("?* unknown_parameter");
  }
}
