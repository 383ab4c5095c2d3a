package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OrderStreamTest {

  private static final int PATIENCE_MILLIS = 20_000;

  @AutoClose private final TestServer server = TestServer.start();

  @Test
  void answers_a_line_before_the_next_is_sent() throws Exception {
    try (Streaming stream = new Streaming(server.http.port())) {
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
    try (Streaming stream = new Streaming(server.http.port())) {
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
      try (Streaming stream = new Streaming(server.http.port())) {
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
    try (Streaming stream = new Streaming(server.http.port())) {
      stream.send(keyed("a", "1") + "\n");
      stream.next();
      stream.breakOff();

      assertThat(stream.rest()).isEmpty();
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

  /** A request that goes on while its answer comes. */
  private static final class Streaming implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader input;
    private boolean begun;
    private boolean ended;

    private Streaming(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      input = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      write(
          """
          POST /v1/orders/batch HTTP/1.1
          Host: x
          Content-Type: application/x-ndjson
          Transfer-Encoding: chunked

          """
              .replace("\n", "\r\n"));
    }

    private void send(String text) throws IOException {
      byte[] bytes = text.getBytes(UTF_8);
      write(Integer.toHexString(bytes.length) + "\r\n");
      socket.getOutputStream().write(bytes);
      write("\r\n");
    }

    private void end() throws IOException {
      write("0\r\n\r\n");
    }

    private void breakOff() throws IOException {
      socket.shutdownOutput();
    }

    private void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private JsonNode next() throws IOException {
      return Json.read(Objects.requireNonNull(line(), "the answer ended"));
    }

    private boolean atEnd() throws IOException {
      return line() == null;
    }

    private List<JsonNode> rest() throws IOException {
      List<JsonNode> results = new ArrayList<>();
      for (String line = line(); line != null; line = line()) {
        results.add(Json.read(line));
      }
      return results;
    }

    /** A line of the body, which may be spread over chunks; {@code null} behind its end. */
    private @Nullable String line() throws IOException {
      StringBuilder line = new StringBuilder();
      if (!begun) {
        assertThat(input.readLine()).isEqualTo("HTTP/1.1 200 OK");
        String header;
        do {
          header = input.readLine();
        } while (header != null && !header.isEmpty());
        begun = true;
      }
      while (!ended && (line.isEmpty() || line.charAt(line.length() - 1) != '\n')) {
        String size = input.readLine();
        if (size != null && size.isEmpty()) {
          // The end of a chunk comes with the beginning of the next.
          size = input.readLine();
        }
        if (size == null || size.equals("0")) {
          ended = true;
          break;
        }
        // Sizes are of bytes, and everything here is ASCII.
        char[] chunk = new char[Integer.parseInt(size, 16)];
        for (int read = 0; read < chunk.length; ) {
          int more = input.read(chunk, read, chunk.length - read);
          if (more < 0) {
            ended = true;
            return null;
          }
          read += more;
        }
        line.append(chunk);
      }
      return line.isEmpty() ? null : line.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
