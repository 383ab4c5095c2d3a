package kassa.adapters.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.contract.fixture.RecordingTelemetry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsEndpointTest {

  private static final String PROXIED = "203.0.113.7";

  private final RecordingTelemetry telemetry = new RecordingTelemetry();
  @AutoClose private final TestServer server = TestServer.startMeasured(telemetry);
  private final ContractCheckingClient client = server.client;
  private final ContractCheckingClient anonymous = client.withToken("nobody");

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          text/plain                                                 | PROMETHEUS_TEXT
          */*                                                        | PROMETHEUS_TEXT
          application/openmetrics-text                               | OPEN_METRICS
          application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1 | OPEN_METRICS
          application/openmetrics-text;q=0.1,text/plain;q=0.2        | PROMETHEUS_TEXT
          """,
      delimiter = '|')
  void format_is_the_one_that_accept_prefers(String accept, String format) {
    TestResponse response = anonymous.get("/metrics", "Accept", accept);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(format + "\n");
    assertThat(response.header("Content-Type"))
        .startsWith(
            format.equals("OPEN_METRICS")
                ? "application/openmetrics-text;version=1.0.0"
                : "text/plain;version=0.0.4");
  }

  @Test
  void json_is_not_acceptable() {
    assertThat(anonymous.get("/metrics", "Accept", "application/json").status()).isEqualTo(406);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"})
  void a_request_through_an_unknown_proxy_of_this_machine_needs_a_credential(String header) {
    assertThat(anonymous.get("/metrics", header, PROXIED).status()).isEqualTo(401);
    assertThat(client.get("/metrics", header, PROXIED).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.9.9.9, true",
    "::1, true",
    "0:0:0:0:0:0:0:1, true",
    "10.0.0.1, false",
    "203.0.113.7, false",
    "2001:db8::1, false",
    "0.0.0.0, false",
    ", false"
  })
  void only_loopback_addresses_are_of_this_machine(@Nullable String address, boolean isLoopback) {
    assertThat(MetricsHandler.isLoopback(address)).isEqualTo(isLoopback);
  }

  @Test
  void a_client_of_a_trusted_proxy_needs_the_scope_metrics_read() {
    try (TestServer behindProxy = TestServer.startBehindProxies("127.0.0.1")) {
      ContractCheckingClient admin = behindProxy.client;
      ContractCheckingClient reader = HttpTestUsers.createProgramClient(admin, "metrics:read");
      ContractCheckingClient other = HttpTestUsers.createProgramClient(admin, "orders:read");

      assertThat(reader.get("/metrics", "X-Forwarded-For", PROXIED).status()).isEqualTo(200);
      assertThat(other.get("/metrics", "X-Forwarded-For", PROXIED).status()).isEqualTo(403);
      assertThat(admin.withToken("nobody").get("/metrics", "X-Forwarded-For", PROXIED).status())
          .isEqualTo(401);
    }
  }

  @Test
  void management_port_serves_the_metrics_and_the_health_checks_only() throws Exception {
    try (TestServer managed = TestServer.startWithManagementPort(telemetry)) {
      ContractCheckingClient management =
          new ContractCheckingClient(managed.http.managementPort()).withToken("nobody");

      for (String path :
          new String[] {
            "/metrics", "/health", "/health/live", "/health/ready", "/health/started"
          }) {
        assertThat(management.get(path).status()).as(path).isEqualTo(200);
      }
      for (String path : new String[] {"/version", "/v1/orders", "/docs", "/openapi.json"}) {
        assertThat(statusOf(managed.http.managementPort(), path)).as(path).isEqualTo(404);
      }
      assertThat(managed.client.get("/metrics").status()).isEqualTo(404);
      assertThat(managed.client.get("/health/ready").status()).isEqualTo(200);
    }
  }

  /** Without a check of the contract, which does not know that the port serves few paths. */
  private static int statusOf(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void requests_are_measured_by_the_template_of_their_route() throws InterruptedException {
    String order = "/v1/orders/" + client.place(OrderBodies.VALID_ORDER).at("/id");
    client.get(order);
    client.get("/health");
    client.get("/v1/nothing/here");
    client.get("/v1/orders/0");
    anonymous.get("/v1/orders");
    client.withoutRequestChecks().send("BREW", "/v1/orders", new byte[0]);

    assertThat(telemetry.nextRequest()).isEqualTo("POST /v1/orders 201");
    assertThat(telemetry.nextRequest()).isEqualTo("GET /v1/orders/{id} 200");
    assertThat(telemetry.nextRequest()).isEqualTo("GET /health 200");
    assertThat(telemetry.nextRequest()).isEqualTo("GET  404");
    assertThat(telemetry.nextRequest()).startsWith("GET /v1/orders/{id} 4");
    assertThat(telemetry.nextRequest()).isEqualTo("GET /v1/orders 401");
    assertThat(telemetry.nextRequest()).isEqualTo("BREW  405");
  }
}
