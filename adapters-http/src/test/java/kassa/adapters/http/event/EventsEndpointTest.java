package kassa.adapters.http.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EventsEndpointTest {

  private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void lists_changes_of_an_order_as_the_api_answers_it() {
    TestResponse placed = client.place(OrderBodies.VALID_ORDER);
    String id = placed.at("/id");
    TestResponse paid =
        client.post("/v1/orders/" + id + "/pay", "", "If-Match", placed.header("ETag"));
    assertThat(paid.status()).isEqualTo(200);

    JsonNode page = client.get("/v1/events").json();

    assertThat(page.at("/data").size()).isEqualTo(2);
    assertThat(page.at("/data/0/type").stringValue()).isEqualTo("order.placed");
    assertThat(page.at("/data/0/data")).isEqualTo(placed.json());
    assertThat(page.at("/data/0/subject/type").stringValue()).isEqualTo("order");
    assertThat(page.at("/data/0/subject/id").stringValue()).isEqualTo(id);
    assertThat(page.at("/data/0/sequence").intValue()).isEqualTo(1);
    assertThat(page.at("/data/0/actor").stringValue()).isEqualTo(TestServer.ADMIN_PROGRAM.name());
    assertThat(page.at("/data/0/id").stringValue()).startsWith("evt_");
    assertThat(page.at("/data/1/type").stringValue()).isEqualTo("order.paid");
    assertThat(page.at("/data/1/data")).isEqualTo(paid.json());
    assertThat(page.at("/data/1/sequence").intValue()).isEqualTo(2);
    assertThat(page.at("/hasMore").booleanValue()).isFalse();
  }

  @Test
  void continues_after_a_cursor_and_from_the_latest_event() {
    placeOrders(3);
    JsonNode first = client.get("/v1/events?limit=2").json();
    assertThat(first.at("/hasMore").booleanValue()).isTrue();
    String cursor = first.at("/nextCursor").stringValue();

    JsonNode second = client.get("/v1/events?limit=2&after=" + cursor).json();
    assertThat(second.at("/data").size()).isEqualTo(1);
    assertThat(second.at("/hasMore").booleanValue()).isFalse();
    String end = second.at("/nextCursor").stringValue();
    assertThat(client.get("/v1/events?after=latest").json().at("/nextCursor").stringValue())
        .isEqualTo(end);

    placeOrders(1);
    assertThat(client.get("/v1/events?after=" + end).json().at("/data").size()).isEqualTo(1);
  }

  @Test
  void filters_by_types_and_subject() {
    String id = client.place(OrderBodies.VALID_ORDER).at("/id");
    client.post("/v1/orders/" + id + "/cancel", "", "If-Match", "*");
    placeOrders(1);

    assertThat(types("?type=order.cancelled")).containsExactly("order.cancelled");
    assertThat(types("?type=rule.*,order.*"))
        .containsExactly("order.placed", "order.cancelled", "order.placed");
    assertThat(types("?subject=" + id)).containsExactly("order.placed", "order.cancelled");
    assertThat(types("?type=user.created")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "order.", "*", "orders.*", "order.placed,", ""})
  void rejects_unknown_types(String type) {
    TestResponse response = client.withoutRequestChecks().get("/v1/events?type=" + type);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("?type out_of_range");
  }

  @Test
  void rejects_cursors_that_were_changed() {
    placeOrders(1);
    String cursor = client.get("/v1/events").json().at("/nextCursor").stringValue();
    String changed = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);

    assertThat(client.get("/v1/events?after=" + changed).at("/code")).isEqualTo("invalid_cursor");
  }

  @Test
  void cursor_expires_when_events_after_it_are_deleted() {
    placeOrders(1);
    String cursor = client.get("/v1/events").json().at("/nextCursor").stringValue();
    placeOrders(2);
    server.stores.events().purge(FUTURE);

    TestResponse response = client.get("/v1/events?after=" + cursor);

    assertThat(response.status()).isEqualTo(410);
    assertThat(response.at("/code")).isEqualTo("cursor_expired");
    assertThat(client.get("/v1/events?after=latest").status()).isEqualTo(200);
  }

  @Test
  void program_sees_the_events_of_what_it_may_read() {
    placeOrders(1);

    assertThat(types(HttpTestUsers.createProgramClient(client, "events:read"), "")).isEmpty();
    assertThat(types(HttpTestUsers.createProgramClient(client, "events:read", "orders:read"), ""))
        .containsExactly("order.placed");
    assertThat(types(HttpTestUsers.createUserClient(client, "operator"), ""))
        .containsExactly("order.placed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/events", "/v1/events/stream"})
  void customers_and_programs_without_the_scope_are_refused(String path) {
    assertThat(HttpTestUsers.createUserClient(client, "customer").get(path).status())
        .isEqualTo(403);
    assertThat(HttpTestUsers.createProgramClient(client, "orders:read").get(path).status())
        .isEqualTo(403);
  }

  private void placeOrders(int count) {
    for (int i = 0; i < count; i++) {
      client.place(OrderBodies.VALID_ORDER);
    }
  }

  private List<String> types(String query) {
    return types(client, query);
  }

  private static List<String> types(ContractCheckingClient by, String query) {
    return by.get("/v1/events" + query)
        .json()
        .get("data")
        .valueStream()
        .map(event -> event.get("type").stringValue())
        .toList();
  }
}
