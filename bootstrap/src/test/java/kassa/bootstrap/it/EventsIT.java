package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events through the launcher: none is lost or invented by a kill, and streams end at shutdown. */
@Timeout(600)
class EventsIT {

  private static final int CLIENTS = 4;
  private static final int ORDERS = 100;

  private static final Pattern EVENT =
      Pattern.compile(
          "\"id\":\"(evt_\\w+)\",\"type\":\"order.placed\".*?\"data\":\\{\"id\":\"(\\w+)\"");
  private static final Pattern ORDER_ID = Pattern.compile("\"id\":\"(ord_\\w+)\"");
  private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void kill_between_commit_and_read_loses_no_event_on_h2() throws Exception {
    killWhileReading();
  }

  @Test
  void kill_between_commit_and_read_loses_no_event_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      killWhileReading("--db-url", postgres.url());
    }
  }

  private void killWhileReading(String... flags) throws Exception {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    Map<String, String> events = new LinkedHashMap<>();
    String cursor;
    try (KassaProcess node = KassaProcess.startServer(folder, flags);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      cursor = cursor(node.get("/v1/events?after=latest"));
      AtomicBoolean killed = new AtomicBoolean();
      for (int i = 0; i < CLIENTS; i++) {
        var _ = threads.submit(() -> placeUntil(node, killed, acknowledged));
      }
      while (events.size() < ORDERS) {
        cursor = read(node, cursor, events);
      }
      node.kill();
      killed.set(true);
    }
    Map<String, String> before = Map.copyOf(events);
    try (KassaProcess next = KassaProcess.startServer(folder, flags)) {
      for (int count = -1; count < events.size(); ) {
        count = events.size();
        cursor = read(next, cursor, events);
      }

      assertThat(events).containsAllEntriesOf(before);
      assertThat(events.values()).doesNotHaveDuplicates().containsAll(acknowledged);
      List<String> stored = new ArrayList<>();
      next.exportOrders()
          .forEach(order -> {
            Matcher id = ORDER_ID.matcher(order);
            assertThat(id.find()).isTrue();
            stored.add(id.group(1));
          });
      assertThat(stored).containsAll(events.values());
    }
  }

  private static void placeUntil(
      KassaProcess node, AtomicBoolean killed, Queue<String> acknowledged) {
    while (!killed.get()) {
      try {
        HttpResponse<String> response = node.post("/v1/orders", order());
        Matcher id = ORDER_ID.matcher(response.body());
        if (response.statusCode() == 201 && id.find()) {
          acknowledged.add(id.group(1));
        }
      } catch (RuntimeException broken) {
        // The process was killed.
        return;
      }
    }
  }

  /** Reads a page after a cursor, and returns the next cursor. */
  private static String read(KassaProcess node, String cursor, Map<String, String> events) {
    HttpResponse<String> page = node.get("/v1/events?type=order.placed&limit=20&after=" + cursor);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    for (String event : page.body().split("(?=\\{\"id\":\"evt_)", -1)) {
      Matcher matcher = EVENT.matcher(event);
      if (matcher.find()) {
        assertThat(events.put(matcher.group(1), matcher.group(2))).as("read before").isNull();
      }
    }
    return cursor(page);
  }

  private static String cursor(HttpResponse<String> page) {
    Matcher matcher = CURSOR.matcher(page.body());
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1);
  }

  @Test
  void stream_shows_orders_of_another_node_and_ends_at_shutdown_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create();
        KassaProcess one = KassaProcess.startServer(folder, "--db-url", postgres.url());
        KassaProcess other = KassaProcess.startServer(folder, "--db-url", postgres.url())) {
      streamAndStop(one, other);
    }
  }

  @Test
  void stream_shows_orders_and_ends_at_shutdown_on_h2() throws Exception {
    try (KassaProcess node = KassaProcess.startServer(folder)) {
      streamAndStop(node, node);
    }
  }

  private static void streamAndStop(KassaProcess reader, KassaProcess writer) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(reader.address() + "/v1/events/stream?type=order.placed"))
                  .header("Authorization", "Bearer " + reader.token())
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).startsWith("id: ");
      String placed = writer.post("/v1/orders", order()).body();
      Future<String> data = threads.submit(() -> nextData(lines));
      Matcher id = ORDER_ID.matcher(placed);
      assertThat(id.find()).isTrue();
      assertThat(data.get()).contains(id.group(1));

      Instant stopped = Instant.now();
      reader.terminate();
      assertThat(threads.submit(() -> nextData(lines)).get()).isEmpty();
      int _ = reader.awaitExit();
      assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(19));
      assertThat(reader.log()).contains("Stopped").doesNotContain("Shutdown timeout");
    }
  }

  /** The data of the next event; empty if the stream has ended. */
  private static String nextData(BufferedReader lines) throws java.io.IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data: ")) {
        return line;
      }
    }
    return "";
  }

  private static String order() {
    return """
    {"currency": "EUR", "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "10.00"}]}
    """;
  }
}
