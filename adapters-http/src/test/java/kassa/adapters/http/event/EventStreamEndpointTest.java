package kassa.adapters.http.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.event.EventStreamClient.Message;
import kassa.contract.fixture.RecordingTelemetry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamEndpointTest {

  private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void streams_events_as_they_happen() throws Exception {
    client.place(OrderBodies.VALID_ORDER);
    try (EventStreamClient stream = open("")) {
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.contentType()).startsWith("text/event-stream");
      Message start = next(stream);
      assertThat(start.data()).isNull();
      assertThat(start.id()).isEqualTo(latest());

      TestResponse placed = client.place(OrderBodies.VALID_ORDER);
      Message event = next(stream);

      assertThat(event.event()).isEqualTo("order.placed");
      assertThat(event.id()).isEqualTo(latest());
      assertThat(TestJson.read(requireNonNull(event.data())))
          .isEqualTo(client.get("/v1/events?after=" + start.id()).json().get("data").get(0));
      assertThat(TestJson.read(requireNonNull(event.data())).get("data")).isEqualTo(placed.json());
    }
  }

  @Test
  void lag_is_measured_for_events_that_a_stream_waits_for() throws Exception {
    RecordingTelemetry telemetry = new RecordingTelemetry();
    try (TestServer measured = TestServer.startMeasured(telemetry)) {
      measured.client.place(OrderBodies.VALID_ORDER);
      try (EventStreamClient stream =
          new EventStreamClient(measured.http.port(), TestServer.ADMIN_TOKEN, "")) {
        next(stream);
        while (telemetry.eventLags.isEmpty()) {
          measured.client.place(OrderBodies.VALID_ORDER);
          next(stream);
        }
      }
      assertThat(telemetry.eventLags).allMatch(lag -> lag > 0);
    }
  }

  @Test
  void resumes_after_the_last_event_id() throws Exception {
    List<String> ids = new ArrayList<>();
    try (EventStreamClient stream = open("")) {
      next(stream);
      for (int i = 0; i < 5; i++) {
        client.place(OrderBodies.VALID_ORDER);
        ids.add(next(stream).id());
      }
    }

    try (EventStreamClient stream =
        open("?after=latest", "Last-Event-ID", requireNonNull(ids.get(1)))) {
      assertThat(next(stream).id()).isEqualTo(ids.get(1));
      for (int i = 2; i < 5; i++) {
        assertThat(next(stream).id()).isEqualTo(ids.get(i));
      }
    }
    try (EventStreamClient stream = open("?after=" + ids.get(3))) {
      next(stream);
      assertThat(next(stream).id()).isEqualTo(ids.get(4));
    }
  }

  @Test
  void unknown_or_expired_positions_answer_one_resync() throws Exception {
    client.place(OrderBodies.VALID_ORDER);
    String old = latest();
    client.place(OrderBodies.VALID_ORDER);
    client.place(OrderBodies.VALID_ORDER);
    server.stores.events().purge(FUTURE);

    for (String position : List.of(old, "nonsense", "AAAA")) {
      try (EventStreamClient stream = open("", "Last-Event-ID", position)) {
        Message resync = next(stream);
        assertThat(resync.event()).isEqualTo("resync");
        assertThat(resync.data()).isEqualTo("{}");
        assertThat(resync.id()).isEqualTo(latest());

        client.place(OrderBodies.VALID_ORDER);
        assertThat(next(stream).event()).isEqualTo("order.placed");
      }
    }
  }

  @Test
  void filter_applies_to_the_stream() throws Exception {
    try (EventStreamClient stream = open("?type=order.cancelled")) {
      next(stream);
      String id = client.place(OrderBodies.VALID_ORDER).at("/id");
      client.post("/v1/orders/" + id + "/cancel", "", "If-Match", "*");

      assertThat(next(stream).event()).isEqualTo("order.cancelled");
    }
  }

  @Test
  void ends_when_the_api_key_is_revoked() throws Exception {
    TestResponse key = HttpTestUsers.createApiKey(client, "events:read", "orders:read");
    try (EventStreamClient stream =
        new EventStreamClient(server.http.port(), key.at("/secret"), "")) {
      next(stream);
      assertThat(client.delete("/v1/api-keys/" + key.at("/key/id")).status()).isEqualTo(204);

      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void ends_when_the_role_of_the_user_changes() throws Exception {
    TestResponse user = HttpTestUsers.createUser(client, "operator");
    String token = HttpTestUsers.signIn(client.withToken(""), user.at("/email")).at("/token");
    try (EventStreamClient stream = new EventStreamClient(server.http.port(), token, "")) {
      next(stream);
      client.send(
          "PATCH",
          "/v1/users/" + user.at("/id"),
          "{\"role\": \"customer\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
          "Content-Type",
          "application/json");

      assertThat(stream.next()).isNull();
    }
  }

  @Test
  void ends_at_shutdown() throws Exception {
    try (EventStreamClient stream = open("")) {
      next(stream);
      long begun = System.nanoTime();
      server.http.close();

      assertThat(stream.next()).isNull();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void one_caller_has_a_share_of_the_streams() throws Exception {
    List<EventStreamClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        streams.add(open(""));
        assertThat(streams.getLast().status()).isEqualTo(200);
      }
      streams.add(open(""));
      assertThat(streams.getLast().status()).isEqualTo(503);
    } finally {
      streams.forEach(EventStreamClient::close);
    }
  }

  private EventStreamClient open(String query, String... headers) throws Exception {
    return new EventStreamClient(server.http.port(), TestServer.ADMIN_TOKEN, query, headers);
  }

  private String latest() {
    return client.get("/v1/events?after=latest").json().get("nextCursor").stringValue();
  }

  private static Message next(EventStreamClient stream) throws IOException {
    return requireNonNull(stream.next(), "the stream has ended");
  }
}
