package kassa.adapters.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void health_returns_exact_body() {
    TestResponse response = client.get("/health");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"message\":\"Service is healthy\",\"status\":200}");
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void is_live_and_ready() {
    assertThat(client.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
    assertThat(client.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void is_live_but_not_ready_while_the_store_is_unavailable() {
    server.store.makeUnavailable();

    TestResponse ready = client.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.at("/code")).isEqualTo("store_unavailable");
    assertThat(ready.header("Retry-After")).isEqualTo("1");
    assertThat(client.get("/health/live").status()).isEqualTo(200);
    assertThat(client.get("/health").status()).isEqualTo(200);
  }

  @Test
  void is_ready_again_when_the_store_is_available() {
    server.store.makeUnavailable();
    ContractCheckingClient.expect(503, client.get("/health/ready"));

    server.store.makeAvailable();

    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void returns_its_version() {
    assertThat(client.get("/version").json())
        .isEqualTo(
            TestJson.read(
                """
                {"name": "kassa", "version": "0.1.0", "javaVersion": "%s"}
                """
                    .formatted(Runtime.version())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/version", "/docs"})
  void health_calls_reject_parameters(String path) {
    TestResponse response = client.get(path + "?a=1");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("?* unknown_parameter");
  }
}
