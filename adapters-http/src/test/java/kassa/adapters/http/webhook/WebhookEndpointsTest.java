package kassa.adapters.http.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.HttpTestWebhooks;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.application.port.out.webhook.DeliveryStore;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.event.EventId;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.WebhookEndpointId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class WebhookEndpointsTest {

  private static final String PATH = "/v1/webhook-endpoints";
  private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
  private static final UUID NODE = new UUID(1, 1);

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient admin = server.client;

  @Test
  void creates_an_endpoint_and_shows_its_secret_once() {
    TestResponse created =
        admin.post(
            PATH,
            """
            {"url": "https://shop.example/hooks?a=b", "description": "Stock",
             "eventTypes": ["order.*", "product.updated"], "payload": "thin",
             "filter": {"statuses": ["paid"], "currency": "EUR", "minTotal": "10", "sku": "A/B",
                        "channel": "web"}}
            """);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.at("/secret")).isEqualTo(FakeWebhookGateway.SECRET);
    String path = created.header("Location");
    assertThat(path).isEqualTo(PATH + "/" + created.at("/endpoint/id"));
    TestResponse found = admin.get(path);
    assertThat(found.json()).isEqualTo(created.json().get("endpoint"));
    assertThat(found.header("ETag")).isEqualTo("\"1\"");
    assertThat(found.at("/filter/minTotal")).isEqualTo("10.00");
    assertThat(found.at("/secrets/0/number")).isEqualTo("1");
    TestResponse list = admin.get(PATH);
    assertThat(list.json().get("data").get(0)).isEqualTo(found.json());
    assertThat(found.body() + list.body()).doesNotContain("whsec_");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"eventTypes": ["order.*"]}                                   | 422 | /url missing_field
          {"url": "ftp://a.example/", "eventTypes": ["order.*"]}        | 422 | /url malformed
          {"url": "https://a:b@a.example/", "eventTypes": ["order.*"]}  | 422 | /url malformed
          {"url": "http://2130706433/", "eventTypes": ["order.*"]}      | 422 | /url malformed
          {"url": "https://private.example/", "eventTypes": ["order.*"]} | 422 | /url address_not_allowed
          {"url": "https://unknown.example/", "eventTypes": ["order.*"]} | 422 | /url unknown_host
          {"url": "http://a.example/", "eventTypes": ["order.*"]}       | 422 | /url https_required
          {"url": "https://a.example/", "eventTypes": []}               | 422 | /eventTypes empty
          {"url": "https://a.example/", "eventTypes": ["order.eaten"]}  | 422 | /eventTypes/0 out_of_range
          {"url": "https://a.example/", "eventTypes": ["ORDER"]}        | 422 | /eventTypes/0 malformed
          {"url": "https://a.example/", "eventTypes": ["*", "*"]}       | 422 | /eventTypes repeated
          {"url": "https://a.example/", "eventTypes": ["*"], "payload": "x"} | 422 | /payload out_of_range
          {"url": "https://a.example/", "eventTypes": ["*"], "filter": {"minTotal": "1"}} | 422 | /filter missing_field
          {"url": "https://a.example/", "eventTypes": ["*"], "filter": {"statuses": ["x"]}} | 422 | /filter/statuses/0 out_of_range
          {"url": "https://a.example/", "eventTypes": ["*"], "secret": "x"} | 400 | /secret unknown_field
          """)
  void refuses_invalid_bodies(String body, int status, String violation) {
    TestResponse refused = admin.post(PATH, body);

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.violations()).containsExactly(violation);
    assertThat(admin.get(PATH).json().get("data")).isEmpty();
  }

  @Test
  void refuses_an_idempotency_key_with_a_secret() {
    TestResponse refused = admin.post(PATH, HttpTestWebhooks.BODY, "Idempotency-Key", "k");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.violations()).containsExactly("Idempotency-Key: not_supported");
  }

  @Test
  void changes_the_version_that_if_match_names() {
    String path = HttpTestWebhooks.create(admin);
    ObjectNode sent = (ObjectNode) admin.get(path).json();
    sent.put("url", "https://other.example/");

    assertThat(put(path, sent).status()).isEqualTo(428);
    assertThat(put(path, sent, "If-Match", "\"7\"").status()).isEqualTo(412);
    TestResponse changed = put(path, sent, "If-Match", "\"1\"");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/url")).isEqualTo("https://other.example/");
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    ObjectNode current = (ObjectNode) changed.json();
    assertThat(put(path, current.put("paused", true), "If-Match", "*").violations())
        .containsExactly("/paused read_only");
    current.put("paused", false).put("createdBy", "x");
    assertThat(put(path, current, "If-Match", "*").violations())
        .containsExactly("/createdBy read_only");
  }

  @Test
  void pauses_resumes_and_deletes() {
    String path = HttpTestWebhooks.create(admin);

    assertThat(admin.post(path + "/pause", "").at("/pauseReason")).isEqualTo("person");
    assertThat(admin.post(path + "/pause", "").at("/version")).isEqualTo("2");
    assertThat(admin.post(path + "/resume", "").at("/paused")).isEqualTo("false");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.delete(path).status()).isEqualTo(404);
    assertThat(admin.get(path).status()).isEqualTo(404);
    assertThat(admin.get("/v1/audit").body())
        .contains("webhook_created", "webhook_paused", "webhook_resumed", "webhook_deleted")
        .doesNotContain("whsec_");
  }

  @Test
  void rotates_a_secret_and_removes_the_old_one() {
    String path = HttpTestWebhooks.create(admin);

    TestResponse rotated = admin.post(path + "/secrets", "{\"keepOldForSeconds\": 3600}");
    assertThat(rotated.status()).isEqualTo(201);
    assertThat(rotated.at("/secret")).startsWith("whsec_");
    assertThat(rotated.at("/endpoint/secrets/0/expiresAt")).isNotEmpty();
    assertThat(admin.post(path + "/secrets", "").status()).isEqualTo(409);
    assertThat(admin.delete(path + "/secrets/2").status()).isEqualTo(404);
    assertThat(admin.delete(path + "/secrets/1").status()).isEqualTo(204);
    assertThat(admin.delete(path + "/secrets/1").status()).isEqualTo(404);
    assertThat(admin.post(path + "/secrets", "").status()).isEqualTo(201);
    assertThat(admin.post(path + "/secrets", "{\"keepOldForSeconds\": -1}").status())
        .isEqualTo(422);
  }

  @Test
  void lists_deliveries_with_their_attempts_and_sends_one_again() {
    String path = HttpTestWebhooks.create(admin);
    Delivery delivery = storeDelivered(path);

    TestResponse list = admin.get(path + "/deliveries?state=delivered");
    TestResponse resent = admin.post(path + "/deliveries/" + delivery.id() + "/resend", "");

    assertThat(list.at("/data/0/event/type")).isEqualTo("order.paid");
    assertThat(list.at("/data/0/lastAttempts/0/status")).isEqualTo("204");
    assertThat(list.at("/data/0/lastAttempts/0/answer")).isEqualTo("thanks");
    assertThat(resent.at("/state")).isEqualTo("pending");
    assertThat(admin.get(path + "/deliveries?state=delivered").json().get("data")).isEmpty();
    assertThat(admin.get(path).at("/delivery/pending")).isEqualTo("1");
    assertThat(admin.get(path + "/deliveries?state=x").status()).isEqualTo(400);
    assertThat(admin.post(path + "/deliveries/whd_7zzzzzzzzzzzzzzzzzzzzzzzzz/resend", "").status())
        .isEqualTo(404);
  }

  @Test
  void replays_from_a_cursor() {
    String path = HttpTestWebhooks.create(admin);
    String cursor = admin.get(path).at("/delivery/cursor");

    assertThat(admin.post(path + "/replay", "{\"after\": \"" + cursor + "\"}").status())
        .isEqualTo(200);
    assertThat(admin.post(path + "/replay", "{\"after\": \"oldest\"}").status()).isEqualTo(200);
    assertThat(admin.post(path + "/replay", "{\"after\": \"AAAA\"}").at("/code"))
        .isEqualTo("invalid_cursor");
    assertThat(admin.post(path + "/replay", "{}").status()).isEqualTo(422);
  }

  @Test
  void sends_a_test_event() {
    String path = HttpTestWebhooks.create(admin);

    TestResponse attempt = admin.post(path + "/test", "");

    assertThat(attempt.at("/status")).isEqualTo("204");
    assertThat(attempt.at("/error")).isEmpty();
    assertThat(admin.post(PATH + "/whe_7zzzzzzzzzzzzzzzzzzzzzzzzz/test", "").status())
        .isEqualTo(404);
  }

  @Test
  void a_program_can_only_receive_what_it_can_read() {
    ContractCheckingClient writer = HttpTestUsers.createProgramClient(admin, "webhooks:write");
    ContractCheckingClient shop =
        HttpTestUsers.createProgramClient(admin, "webhooks:write", "orders:read");
    String path = HttpTestWebhooks.create(admin);
    String body = HttpTestWebhooks.BODY;

    assertThat(writer.post(PATH, body).status()).isEqualTo(403);
    assertThat(put(writer, path, body).status()).isEqualTo(403);
    assertThat(writer.post(PATH, body.replace("order.*", "product.*")).status()).isEqualTo(201);
    assertThat(shop.post(PATH, body).status()).isEqualTo(201);
    assertThat(shop.post(PATH, body.replace("order.*", "user.*")).status()).isEqualTo(403);
  }

  @Test
  void has_a_maximum_number_of_endpoints() {
    for (int i = 0; i < 50; i++) {
      HttpTestWebhooks.create(admin);
    }

    assertThat(admin.post(PATH, HttpTestWebhooks.BODY).at("/code")).isEqualTo("too_many_webhooks");
    assertThat(admin.get(PATH + "?limit=49").at("/nextCursor")).isNotEmpty();
  }

  private TestResponse put(String path, ObjectNode body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return admin.send("PUT", path, body.toString().getBytes(UTF_8), all);
  }

  private static TestResponse put(ContractCheckingClient client, String path, String body) {
    return client.send(
        "PUT", path, body.getBytes(UTF_8), "Content-Type", "application/json", "If-Match", "*");
  }

  private Delivery storeDelivered(String path) {
    WebhookEndpointId endpoint = WebhookEndpointId.parse(path.substring(path.lastIndexOf('/') + 1));
    Delivery delivery =
        new Delivery(
            new DeliveryId(SampleOrders.nextId().value()),
            endpoint,
            new Delivery.EventKey(
                new EventId(SampleOrders.nextId().value()),
                "order.paid",
                "ord_1",
                new EventPosition(0, 7, 7)),
            DeliveryState.PENDING,
            new Delivery.Progress(0, 0, NOW),
            NOW,
            List.of());
    DeliveryAttempt attempt = new DeliveryAttempt(NOW, Duration.ofMillis(7), 204, null, "thanks");
    assertThat(server.stores.webhooks().lease(endpoint, NODE, Duration.ofHours(1))).isPresent();
    assertThat(
            server
                .stores
                .webhooks()
                .store(
                    new DeliveryStore.Round(
                        endpoint,
                        NODE,
                        Duration.ofHours(1),
                        List.of(delivery),
                        null,
                        EventPosition.START,
                        List.of(
                            new DeliveryStore.Result(
                                delivery,
                                attempt,
                                DeliveryState.DELIVERED,
                                new Delivery.Progress(1, 0, null))),
                        CircuitBreaker.CLOSED,
                        null)))
        .isTrue();
    return delivery;
  }
}
