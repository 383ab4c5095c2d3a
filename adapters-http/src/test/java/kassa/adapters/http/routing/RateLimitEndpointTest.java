package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.ManualClock;
import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.OpenApiContract.Operation;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Rate limit of three calls a minute, with a manual clock at the start of a minute. */
class RateLimitEndpointTest {

  private static final JsonNode DOCUMENT = OpenApiContract.KASSA.document();

  private final ManualClock clock = new ManualClock();
  @AutoClose private final TestServer server = TestServer.startWithRateLimit(3, clock);
  private final ContractCheckingClient client = server.client;

  @Test
  void rate_limit_headers_report_remaining_calls() {
    assertRemaining(client.get("/v1/orders"), "\"calls\";r=2;t=60");

    clock.advance(Duration.ofMillis(29_001));
    assertRemaining(client.get("/v1/orders"), "\"calls\";r=1;t=31");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /v1/orders?none=1  |              | 400
          GET    | /v1/orders/1       |              | 404
          GET    | /v1/rules          | text/html    | 406
          GET    | /v1/orders/export  | text/csv     | 200
          HEAD   | /v1/orders         |              | 200
          POST   | /v1/orders         |              | 400
          GET    | /v1/sessions       |              | 403
          DELETE | /v1/products/MUG   |              | 404
          """,
      delimiter = '|')
  void counts_calls_with_any_response_status(
      String method, String path, String accept, int status) {
    TestResponse response =
        client.send(
            method,
            path,
            method.equals("POST") ? "{".getBytes(UTF_8) : new byte[0],
            "Content-Type",
            "application/json",
            "Accept",
            accept == null ? "*/*" : accept);

    assertThat(response.status()).isEqualTo(status);
    assertRemaining(response, "\"calls\";r=2;t=60");
  }

  @Test
  void counts_not_modified_responses() {
    ContractCheckingClient.expect(201, client.post("/v1/products", OrderBodies.PRODUCT));
    String version = client.get("/v1/products/MUG").header("ETag");

    TestResponse response = client.get("/v1/products/MUG", "If-None-Match", version);

    assertThat(response.status()).isEqualTo(304);
    assertRemaining(response, "\"calls\";r=0;t=60");
  }

  @Test
  void counts_a_batch_and_a_stream_as_one_call_each() {
    String order = OrderBodies.VALID_ORDER;
    TestResponse batch =
        client.post("/v1/orders/batch", "{\"orders\": [%s, %s]}".formatted(order, order));
    assertRemaining(batch, "\"calls\";r=2;t=60");

    String line = order.replace("\n", " ") + "\n";
    TestResponse stream =
        client.post("/v1/orders/batch", line.repeat(10), "Content-Type", "application/x-ndjson");

    assertThat(stream.status()).isEqualTo(200);
    assertRemaining(stream, "\"calls\";r=1;t=60");
    assertThat(server.orders()).hasSize(12);
  }

  @Test
  void rejects_calls_beyond_the_rate_limit_without_side_effects() {
    exhaustLimit();
    clock.advance(Duration.ofMillis(12_300));

    TestResponse refused = client.post("/v1/orders", OrderBodies.VALID_ORDER);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.at("/code")).isEqualTo("rate_limited");
    assertThat(refused.header("Retry-After")).isEqualTo("48");
    assertRemaining(refused, "\"calls\";r=0;t=48");
    assertThat(server.orders()).isEmpty();
  }

  @Test
  void does_not_read_the_body_of_a_rate_limited_call() {
    exhaustLimit();
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  POST /v1/orders HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Content-Length: 3

                  """)
              .readResponse("POST", "/v1/orders");

      assertThat(response.status()).isEqualTo(429);
      assertThat(response.header("Connection")).isEqualToIgnoringCase("close");
    }
  }

  @Test
  void rate_limited_call_succeeds_in_the_next_minute() {
    exhaustLimit();
    String[] keyed = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};
    TestResponse refused = client.post("/v1/orders", OrderBodies.VALID_ORDER, keyed);
    assertThat(refused.status()).isEqualTo(429);

    clock.advance(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))));

    assertThat(client.post("/v1/orders", OrderBodies.VALID_ORDER, keyed).status()).isEqualTo(201);
    TestResponse replayed = client.post("/v1/orders", OrderBodies.VALID_ORDER, keyed);
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertRemaining(replayed, "\"calls\";r=1;t=60");
  }

  @Test
  void rate_limit_is_per_api_key_and_per_user_over_all_sessions() {
    ContractCheckingClient till = HttpTestUsers.createProgramClient(client, "orders:read");
    String email = HttpTestUsers.createUser(client, "operator").at("/email");
    ContractCheckingClient laptop =
        client.withToken(HttpTestUsers.signIn(client, email).at("/token"));
    ContractCheckingClient phone =
        client.withToken(HttpTestUsers.signIn(client, email).at("/token"));
    client.get("/v1/orders");
    assertThat(client.get("/v1/orders").status()).isEqualTo(429);

    assertRemaining(till.get("/v1/orders"), "\"calls\";r=2;t=60");
    assertRemaining(laptop.get("/v1/orders"), "\"calls\";r=2;t=60");
    assertRemaining(phone.get("/v1/sessions"), "\"calls\";r=1;t=60");
  }

  @Test
  void anonymous_and_unauthenticated_calls_are_not_counted() {
    for (int i = 0; i < 5; i++) {
      assertThat(client.get("/health").has("RateLimit")).isFalse();
      TestResponse login =
          client.post("/v1/auth/login", HttpTestUsers.loginBody("ann@example.com", "wrong"));
      assertThat(login.has("RateLimit")).isFalse();
      TestResponse unknown = client.withToken("key-0").get("/v1/orders");
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.has("RateLimit")).isFalse();
      assertThat(unknown.has("RateLimit-Policy")).isFalse();
    }

    assertRemaining(client.get("/v1/orders"), "\"calls\";r=2;t=60");
  }

  @Test
  void contract_documents_rate_limits_for_authenticated_calls_only() {
    for (Operation operation : OpenApiContract.KASSA.operations()) {
      boolean isAuthenticated = !DOCUMENT.at(operation.pointer()).path("security").isArray();
      String response = OpenApiContract.KASSA.resolved(operation.pointer() + "/responses/429");
      String example = "/content/application~1problem+json/examples/rate_limited";

      assertThat(DOCUMENT.at(response + example).isObject())
          .as(operation.toString())
          .isEqualTo(isAuthenticated);
      if (isAuthenticated) {
        assertDocumentsRateLimit(operation);
      }
    }
  }

  private static void assertDocumentsRateLimit(Operation operation) {
    JsonNode responses = DOCUMENT.at(operation.pointer() + "/responses");
    for (String status : responses.propertyNames()) {
      String pointer = OpenApiContract.KASSA.resolved(operation.pointer() + "/responses/" + status);
      JsonNode headers = DOCUMENT.at(pointer + "/headers");
      assertThat(headers.has("RateLimit") && headers.has("RateLimit-Policy"))
          .as("%s %s", operation, status)
          .isEqualTo(!status.equals("401") && !status.equals("default"));
    }
  }

  private void exhaustLimit() {
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/v1/orders").status()).isEqualTo(200);
    }
  }

  private static void assertRemaining(TestResponse response, String expected) {
    assertThat(response.header("RateLimit-Policy")).isEqualTo("\"calls\";q=3;w=60");
    assertThat(response.header("RateLimit")).isEqualTo(expected);
  }
}
