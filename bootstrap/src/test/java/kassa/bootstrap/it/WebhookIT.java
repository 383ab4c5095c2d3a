package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of servers that are killed, on both databases. */
@Timeout(600)
class WebhookIT {

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":1,"unitPrice":"10.00"}]}
      """;
  private static final Pattern EVENT = Pattern.compile("\"(evt_[0-9a-z]+)\"");
  private static final Pattern ORDER_ID = Pattern.compile("\"id\":\"(ord_[0-9a-z]+)\"");

  @TempDir private Path folder;

  /** The bodies of the received events by their id. */
  private final Map<String, Set<String>> bodies = new ConcurrentHashMap<>();

  /** Type and subject of each event, in the order of arrival. */
  private final List<String> arrivals = new CopyOnWriteArrayList<>();

  private final HttpServer receiver = create();

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @BeforeEach
  void start() {
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Matcher order = ORDER_ID.matcher(body);
    if (order.find()) {
      arrivals.add(
          order.group(1) + (body.contains("\"order.cancelled\"") ? " cancelled" : " placed"));
    }
    bodies.computeIfAbsent(id, same -> ConcurrentHashMap.newKeySet()).add(body);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Test
  void every_event_arrives_after_a_node_was_killed_with_its_same_id() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create();
        KassaProcess one = start("one", "--db-url", postgres.url());
        KassaProcess two = start("two", "--db-url", postgres.url())) {
      createEndpoint(one);
      placeAndCancel(one, 10);
      placeAndCancel(two, 10);
      awaitAll(two);

      placeAndCancel(one, 10);
      one.kill();
      placeAndCancel(two, 10);

      awaitAll(two);
      assertOrderWithinSubjects();
    }
  }

  @Test
  void every_event_arrives_after_a_killed_server_starts_again() throws Exception {
    String id;
    try (KassaProcess kassa = start("h2")) {
      id = createEndpoint(kassa);
      placeAndCancel(kassa, 10);
      kassa.kill();
    }
    try (KassaProcess kassa = start("h2")) {
      placeAndCancel(kassa, 5);
      awaitAll(kassa);
      assertOrderWithinSubjects();
      HttpResponse<String> deliveries =
          kassa.get("/v1/webhook-endpoints/" + id + "/deliveries?limit=200");
      assertThat(deliveries.body()).contains("\"state\":\"delivered\"");
    }
  }

  private KassaProcess start(String name, String... flags) throws IOException {
    Path own = Files.createDirectories(folder.resolve(name));
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--webhook-networks", "127.0.0.0/8"));
    return KassaProcess.startServer(own, all.toArray(String[]::new));
  }

  private String createEndpoint(KassaProcess kassa) {
    HttpResponse<String> created =
        kassa.post(
            "/v1/webhook-endpoints",
            "{\"url\":\"http://127.0.0.1:%s/\",\"eventTypes\":[\"order.*\"]}"
                .formatted(receiver.getAddress().getPort()));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    Matcher id = Pattern.compile("whe_[0-9a-z]+").matcher(created.body());
    assertThat(id.find()).isTrue();
    return id.group();
  }

  private static void placeAndCancel(KassaProcess kassa, int count) {
    for (int i = 0; i < count; i++) {
      HttpResponse<String> placed = kassa.post("/v1/orders", ORDER);
      assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
      Matcher id = ORDER_ID.matcher(placed.body());
      assertThat(id.find()).isTrue();
      HttpResponse<String> cancelled =
          kassa.send("POST", "/v1/orders/" + id.group(1) + "/cancel", "*", "");
      assertThat(cancelled.statusCode()).as(cancelled.body()).isEqualTo(200);
    }
  }

  /** Waits until all events of orders have arrived, each with one body. */
  private void awaitAll(KassaProcess kassa) {
    HttpResponse<String> page = kassa.get("/v1/events?type=order.*&limit=200");
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    Set<String> events = new HashSet<>();
    EVENT.matcher(page.body()).results().forEach(event -> events.add(event.group(1)));
    assertThat(events).isNotEmpty();
    while (!bodies.keySet().containsAll(events)) {
      Polling.pauseClient();
    }
    assertThat(bodies.values()).allSatisfy(same -> assertThat(same).hasSize(1));
  }

  private void assertOrderWithinSubjects() {
    List<String> first = new ArrayList<>(new LinkedHashSet<>(arrivals));
    for (String arrival : first) {
      if (arrival.endsWith(" placed")) {
        String cancelled = arrival.replace(" placed", " cancelled");
        assertThat(first.indexOf(cancelled)).isGreaterThan(first.indexOf(arrival));
      }
    }
  }
}
