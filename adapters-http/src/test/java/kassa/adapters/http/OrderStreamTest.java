package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrderStreamTest {

  @AutoClose private final TestServer server = TestServer.start();

  @Test
  void answers_a_line_before_the_next_is_sent() throws Exception {
    try (OrderStreaming stream = new OrderStreaming(server.http.port())) {
      for (int i = 0; i < 3; i++) {
        stream.send(keyed("k-" + i, "1") + "\n");

        JsonNode result = stream.next();
        assertThat(result.get("index").intValue()).isEqualTo(i);
        assertThat(result.get("status").intValue()).isEqualTo(201);
        assertThat(result.get("key").stringValue()).isEqualTo("k-" + i);
      }
      stream.end();

      assertThat(stream.next()).isEqualTo(summary(3, 0));
      assertThat(stream.atEnd()).isTrue();
    }
    assertThat(server.client.get("/v1/orders").json().get("data")).hasSize(3);
  }

  @Test
  void one_bad_line_never_harms_the_next() throws Exception {
    try (OrderStreaming stream = new OrderStreaming(server.http.port())) {
      stream.send("no json\n\n" + keyed("a", "0") + "\n{}\n" + keyed("b", "1"));
      stream.end();

      List<JsonNode> results = stream.rest();
      assertThat(results.getLast()).isEqualTo(summary(1, 3));
      assertThat(results.subList(0, 4))
          .extracting(each -> each.get("index").intValue(), each -> each.get("status").intValue())
          .containsExactlyInAnyOrder(tuple(0, 400), tuple(1, 422), tuple(2, 422), tuple(3, 201));
    }
  }

  @Test
  void a_stream_that_is_sent_again_places_nothing_again() throws Exception {
    String lines =
        String.join("\n", IntStream.range(0, 500).mapToObj(i -> keyed("k-" + i, "1")).toList());
    for (int round = 0; round < 2; round++) {
      try (OrderStreaming stream = new OrderStreaming(server.http.port())) {
        stream.send(lines);
        stream.end();
        List<JsonNode> results = stream.rest();

        assertThat(results.getLast()).isEqualTo(summary(500, 0));
        boolean again = round == 1;
        assertThat(results.subList(0, 500))
            .allSatisfy(result -> assertThat(result.has("replayed")).isEqualTo(again));
        assertThat(results.subList(0, 500).stream().map(each -> each.get("index").intValue()))
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 500).boxed().toList());
      }
    }
    Answer first = server.client.get("/v1/orders?limit=200");
    Answer second = server.client.get("/v1/orders?limit=200&cursor=" + first.at("/nextCursor"));
    Answer third = server.client.get("/v1/orders?limit=200&cursor=" + second.at("/nextCursor"));
    assertThat(third.json().get("data")).hasSize(100);
    assertThat(third.json().get("nextCursor").isNull()).isTrue();
  }

  @Test
  void a_stream_that_breaks_off_has_no_summary_and_what_was_answered_is_kept() throws Exception {
    try (OrderStreaming stream = new OrderStreaming(server.http.port())) {
      stream.send(keyed("a", "1") + "\n");
      stream.next();
      stream.breakOff();

      assertThat(stream.rest()).isEmpty();
      assertThat(stream.isWhole()).isFalse();
    }
    assertThat(server.client.get("/v1/orders").json().get("data")).hasSize(1);
  }

  private static String keyed(String key, String quantity) {
    return Bodies.order("USD", Bodies.line("MUG", quantity, "1.00"))
        .replaceFirst("\\{", "{\"key\": \"" + key + "\", ");
  }

  private static JsonNode summary(int placed, int rejected) {
    return Json.read(
        "{\"summary\": {\"placed\": %d, \"rejected\": %d}}".formatted(placed, rejected));
  }
}
