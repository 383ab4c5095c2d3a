package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.adapters.http.Contract.Operation;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Three calls a minute, by a clock that stands at a full minute until it is moved. */
class CallLimitsTest {

  private static final JsonNode DOCUMENT = Contract.OF_KASSA.document();

  private final MovableClock clock = new MovableClock();
  @AutoClose private final TestServer server = TestServer.allowing(3, clock);
  private final CheckedClient client = server.client;

  @Test
  void tells_how_many_calls_are_left() {
    assertLeft(client.get("/v1/orders"), "\"calls\";r=2;t=60");

    clock.forward(Duration.ofMillis(29_001));
    assertLeft(client.get("/v1/orders"), "\"calls\";r=1;t=31");
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
  void counts_whatever_the_answer_is(String method, String path, String accept, int status) {
    Answer answer =
        client.send(
            method,
            path,
            method.equals("POST") ? "{".getBytes(UTF_8) : new byte[0],
            "Content-Type",
            "application/json",
            "Accept",
            accept == null ? "*/*" : accept);

    assertThat(answer.status()).isEqualTo(status);
    assertLeft(answer, "\"calls\";r=2;t=60");
  }

  @Test
  void counts_what_the_caller_has_already() {
    CheckedClient.expect(201, client.post("/v1/products", Bodies.PRODUCT));
    String version = client.get("/v1/products/MUG").header("ETag");

    Answer answer = client.get("/v1/products/MUG", "If-None-Match", version);

    assertThat(answer.status()).isEqualTo(304);
    assertLeft(answer, "\"calls\";r=0;t=60");
  }

  @Test
  void counts_a_batch_and_a_stream_as_one_call() {
    String order = Bodies.GOOD;
    Answer batch =
        client.post("/v1/orders/batch", "{\"orders\": [%s, %s]}".formatted(order, order));
    assertLeft(batch, "\"calls\";r=2;t=60");

    String line = order.replace("\n", " ") + "\n";
    Answer stream =
        client.post("/v1/orders/batch", line.repeat(10), "Content-Type", "application/x-ndjson");

    assertThat(stream.status()).isEqualTo(200);
    assertLeft(stream, "\"calls\";r=1;t=60");
    assertThat(server.orders()).hasSize(12);
  }

  @Test
  void refuses_what_is_beyond_the_limit_and_does_nothing() {
    useUp();
    clock.forward(Duration.ofMillis(12_300));

    Answer refused = client.post("/v1/orders", Bodies.GOOD);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.at("/code")).isEqualTo("too_many_calls");
    assertThat(refused.header("Retry-After")).isEqualTo("48");
    assertLeft(refused, "\"calls\";r=0;t=48");
    assertThat(server.orders()).isEmpty();
  }

  @Test
  void reads_no_body_of_what_it_refuses() {
    useUp();
    try (RawConnection connection = client.open()) {
      Answer answer =
          connection
              .send(
                  """
                  POST /v1/orders HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Content-Length: 3

                  """)
              .answer("POST", "/v1/orders");

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    }
  }

  @Test
  void a_call_that_was_refused_is_done_when_it_is_sent_again_in_the_next_minute() {
    useUp();
    String[] keyed = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};
    Answer refused = client.post("/v1/orders", Bodies.GOOD, keyed);
    assertThat(refused.status()).isEqualTo(429);

    clock.forward(Duration.ofSeconds(Long.parseLong(refused.header("Retry-After"))));

    assertThat(client.post("/v1/orders", Bodies.GOOD, keyed).status()).isEqualTo(201);
    Answer again = client.post("/v1/orders", Bodies.GOOD, keyed);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertLeft(again, "\"calls\";r=1;t=60");
  }

  @Test
  void counts_each_key_by_itself_and_a_person_in_all_sessions_together() {
    CheckedClient till = People.program(client, "orders:read");
    String email = People.user(client, "operator").at("/email");
    CheckedClient here = client.showing(People.signedIn(client, email).at("/token"));
    CheckedClient there = client.showing(People.signedIn(client, email).at("/token"));
    client.get("/v1/orders");
    assertThat(client.get("/v1/orders").status()).isEqualTo(429);

    assertLeft(till.get("/v1/orders"), "\"calls\";r=2;t=60");
    assertLeft(here.get("/v1/orders"), "\"calls\";r=2;t=60");
    assertLeft(there.get("/v1/sessions"), "\"calls\";r=1;t=60");
  }

  @Test
  void counts_nothing_that_answers_anybody_nor_what_shows_no_good_credential() {
    for (int i = 0; i < 5; i++) {
      assertThat(client.get("/health").has("RateLimit")).isFalse();
      Answer login = client.post("/v1/auth/login", People.login("ann@example.com", "wrong"));
      assertThat(login.has("RateLimit")).isFalse();
      Answer unknown = client.showing("key-0").get("/v1/orders");
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.has("RateLimit")).isFalse();
      assertThat(unknown.has("RateLimit-Policy")).isFalse();
    }

    assertLeft(client.get("/v1/orders"), "\"calls\";r=2;t=60");
  }

  @Test
  void every_closed_call_of_the_contract_and_no_other_says_that_calls_are_limited() {
    for (Operation operation : Contract.OF_KASSA.operations()) {
      boolean isClosed = !DOCUMENT.at(operation.pointer()).path("security").isArray();
      String refusal = Contract.OF_KASSA.resolved(operation.pointer() + "/responses/429");
      String example = "/content/application~1problem+json/examples/too_many_calls";

      assertThat(DOCUMENT.at(refusal + example).isObject())
          .as(operation.toString())
          .isEqualTo(isClosed);
      if (isClosed) {
        assertTellsOfLimit(operation);
      }
    }
  }

  private static void assertTellsOfLimit(Operation operation) {
    JsonNode responses = DOCUMENT.at(operation.pointer() + "/responses");
    for (String status : responses.propertyNames()) {
      String pointer = Contract.OF_KASSA.resolved(operation.pointer() + "/responses/" + status);
      JsonNode headers = DOCUMENT.at(pointer + "/headers");
      assertThat(headers.has("RateLimit") && headers.has("RateLimit-Policy"))
          .as("%s %s", operation, status)
          .isEqualTo(!status.equals("401"));
    }
  }

  private void useUp() {
    for (int i = 0; i < 3; i++) {
      assertThat(client.get("/v1/orders").status()).isEqualTo(200);
    }
  }

  private static void assertLeft(Answer answer, String left) {
    assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"calls\";q=3;w=60");
    assertThat(answer.header("RateLimit")).isEqualTo(left);
  }
}
