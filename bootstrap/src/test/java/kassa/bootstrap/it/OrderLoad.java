package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fixture: threads that place orders with usage limits on one or more nodes, cancel some of them,
 * and record every response.
 */
final class OrderLoad {

  private static final int THREADS = 8;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** Rule with three kinds of usage counters and a budget. */
  private static final String LIMITED_RULE =
      """
      {"code":"LOAD","limits":{"total":1000000,"perCustomer":1000000,\
      "budget":{"type":"spend","limit":"100000000"}},\
      "effects":[{"type":"amount_off_order","amount":"5.00"}]}\
      """;

  private final List<KassaProcess> nodes;
  private final Map<String, String> acknowledged;

  /** Orders with an unknown outcome of the cancellation. */
  private final Set<String> maybeCancelled;

  /** Orders that no check has read yet. */
  private final Set<String> unread;

  private final Queue<String> unexpectedResponses = new ConcurrentLinkedQueue<>();
  private final Queue<String> unavailableResponses = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private volatile boolean connectionFailuresAllowed;

  private OrderLoad(
      List<KassaProcess> nodes,
      Map<String, String> acknowledged,
      Set<String> maybeCancelled,
      Set<String> unread) {
    this.nodes = nodes;
    this.acknowledged = acknowledged;
    this.maybeCancelled = maybeCancelled;
    this.unread = unread;
  }

  /** Activates the rule that the orders use. */
  static void activateRule(KassaProcess node) {
    HttpResponse<String> rule = node.post("/v1/rules", LIMITED_RULE);
    assertThat(rule.statusCode()).as(rule.body()).isEqualTo(201);
    assertThat(node.post("/v1/rules/" + id(rule.body()) + "/activate", "").statusCode())
        .isEqualTo(200);
  }

  /** New load on these nodes, not started. */
  static OrderLoad on(KassaProcess... nodes) {
    return new OrderLoad(
        List.of(nodes),
        new ConcurrentHashMap<>(),
        ConcurrentHashMap.newKeySet(),
        ConcurrentHashMap.newKeySet());
  }

  /** Load on other nodes, with the responses so far. */
  OrderLoad continueOn(KassaProcess... others) {
    return new OrderLoad(List.of(others), acknowledged, maybeCancelled, unread);
  }

  void start(SplittableRandom random) {
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom threadRandom = random.split();
      threads.add(Thread.ofVirtual().start(() -> place(threadRandom)));
    }
  }

  /** Waits until this number of further orders is acknowledged. */
  void awaitMoreOrders(int orders) {
    int expected = acknowledged.size() + orders;
    while (acknowledged.size() < expected && unexpectedResponses.isEmpty()) {
      Polling.pause();
    }
  }

  /** Waits until as many requests as there are threads have got 503. */
  void awaitUnavailableResponses() {
    while (unavailableResponses.size() < THREADS && unexpectedResponses.isEmpty()) {
      Polling.pause();
    }
  }

  /** Accepts broken connections from now on. */
  void allowConnectionFailures() {
    connectionFailuresAllowed = true;
  }

  /** Stops the load and checks that no response was unexpected. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(unexpectedResponses).isEmpty();
  }

  /** Number of acknowledged orders. */
  int acknowledgedCount() {
    return acknowledged.size();
  }

  /**
   * Checks that every acknowledged order is stored as in its response: all in an export, and those
   * that no check has read yet also one by one.
   */
  void assertStored(KassaProcess node, String when) {
    Map<String, String> stored =
        node.exportOrders().collect(Collectors.toMap(OrderLoad::id, order -> order));
    acknowledged.keySet().forEach(id -> assertAcknowledged(id, stored.get(id), when));
    maybeCancelled.clear();
    unread.forEach(id -> assertAcknowledged(id, find(node, id), when));
    unread.clear();
  }

  /** Checks that every acknowledged order is found by its id as in its response. */
  void assertFound(KassaProcess node, String when) {
    acknowledged.keySet().forEach(id -> assertAcknowledged(id, find(node, id), when));
    maybeCancelled.clear();
  }

  private void assertAcknowledged(String id, @Nullable String found, String when) {
    if (maybeCancelled.contains(id)
        && found != null
        && found.contains("\"status\":\"cancelled\"")) {
      acknowledged.put(id, found);
    } else {
      assertThat(found).as("%s %s", id, when).isEqualTo(acknowledged.get(id));
    }
  }

  private static String find(KassaProcess node, String id) {
    return node.get("/v1/orders/" + id).body();
  }

  private void place(SplittableRandom random) {
    while (!stopped) {
      KassaProcess node = nodes.get(random.nextInt(nodes.size()));
      try {
        place(node, random);
      } catch (UncheckedIOException broken) {
        if (!connectionFailuresAllowed) {
          unexpectedResponses.add("broken connection: " + broken);
        }
        return;
      }
    }
  }

  private void place(KassaProcess node, SplittableRandom random) {
    String order =
        """
        {"currency":"USD","customerId":"c-%s","codes":%s,"metadata":{"till":"%s"},\
        "lines":[{"sku":"MUG","quantity":%s,"unitPrice":"7.50","tags":["mug"]},\
        {"sku":"CUP","quantity":2.5,"unitPrice":"3.99"}]}\
        """
            .formatted(
                random.nextInt(5),
                random.nextInt(3) == 0 ? "[]" : "[\"load\"]",
                random.nextInt(100),
                random.nextInt(1, 60));
    HttpResponse<String> placed = node.post("/v1/orders", order);
    if (placed.statusCode() != 201) {
      recordResponse(placed);
      return;
    }
    String id = id(placed.body());
    acknowledged.put(id, placed.body());
    unread.add(id);
    if (random.nextInt(4) == 0) {
      maybeCancelled.add(id);
      String etag = placed.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> cancelled =
          node.send("POST", "/v1/orders/" + id + "/cancel", etag, "{}");
      if (cancelled.statusCode() == 200) {
        acknowledged.put(id, cancelled.body());
        maybeCancelled.remove(id);
      } else {
        recordResponse(cancelled);
      }
    }
  }

  /** Only 503 with Retry-After is an expected rejection. */
  private void recordResponse(HttpResponse<String> response) {
    if (response.statusCode() == 503 && response.headers().firstValue("Retry-After").isPresent()) {
      unavailableResponses.add(response.body());
    } else {
      unexpectedResponses.add(response.statusCode() + " " + response.body());
    }
  }

  private static String id(String json) {
    Matcher matcher = ID.matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return matcher.group(1);
  }
}
