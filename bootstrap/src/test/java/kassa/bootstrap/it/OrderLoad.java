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

/**
 * Threads that place orders under limits on one or more servers, cancel some of them, and remember
 * every answer.
 */
final class OrderLoad {

  private static final int THREADS = 8;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** What is claimed of these three is counted in three kinds of counters and in a budget. */
  private static final String LIMITED_RULE =
      """
      {"code":"LOAD","limits":{"total":1000000,"perCustomer":1000000,\
      "budget":{"type":"spend","limit":"100000000"}},\
      "effects":[{"type":"amount_off_order","amount":"5.00"}]}\
      """;

  private final List<KassaProcess> nodes;
  private final Map<String, String> acknowledged;

  /** Those of which it is not known whether they were cancelled. */
  private final Set<String> maybeCancelled;

  private final Queue<String> unexpectedResponses = new ConcurrentLinkedQueue<>();
  private final Queue<String> unavailableResponses = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private volatile boolean connectionFailuresAllowed;

  private OrderLoad(
      List<KassaProcess> nodes, Map<String, String> acknowledged, Set<String> maybeCancelled) {
    this.nodes = nodes;
    this.acknowledged = acknowledged;
    this.maybeCancelled = maybeCancelled;
  }

  /** Puts the rule in force that the orders use. */
  static void activateRule(KassaProcess node) {
    HttpResponse<String> rule = node.post("/v1/rules", LIMITED_RULE);
    assertThat(rule.statusCode()).as(rule.body()).isEqualTo(201);
    assertThat(node.post("/v1/rules/" + id(rule) + "/activate", "").statusCode()).isEqualTo(200);
  }

  /** A load on these nodes that has not begun, and remembers nothing. */
  static OrderLoad on(KassaProcess... nodes) {
    return new OrderLoad(List.of(nodes), new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
  }

  /** The same on other nodes, with what was answered so far. */
  OrderLoad continueOn(KassaProcess... others) {
    return new OrderLoad(List.of(others), acknowledged, maybeCancelled);
  }

  void start(SplittableRandom random) {
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom own = random.split();
      threads.add(Thread.ofVirtual().start(() -> place(own)));
    }
  }

  /** Returns when so many more orders have been answered. */
  void awaitMoreOrders(int orders) {
    int enough = acknowledged.size() + orders;
    while (acknowledged.size() < enough && unexpectedResponses.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Returns when so many requests have been answered 503. */
  void awaitUnavailableResponses(int requests) {
    while (unavailableResponses.size() < requests && unexpectedResponses.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** From now on a connection may break without an answer. */
  void allowConnectionFailures() {
    connectionFailuresAllowed = true;
  }

  /** Ends the load; requests to servers that are gone have failed by then. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(unexpectedResponses).isEmpty();
  }

  /** How many orders were acknowledged. */
  int acknowledgedCount() {
    return acknowledged.size();
  }

  /** Every order that was acknowledged is there as it was answered. */
  void assertStored(KassaProcess node, String when) {
    acknowledged.forEach((id, answer) -> {
      String found = node.get("/v1/orders/" + id).body();
      if (maybeCancelled.contains(id) && found.contains("\"status\":\"cancelled\"")) {
        acknowledged.put(id, found);
      } else {
        assertThat(found).as("%s %s", id, when).isEqualTo(answer);
      }
    });
    maybeCancelled.clear();
  }

  private void place(SplittableRandom random) {
    while (!stopped) {
      KassaProcess node = nodes.get(random.nextInt(nodes.size()));
      try {
        place(node, random);
      } catch (UncheckedIOException broken) {
        if (!connectionFailuresAllowed) {
          unexpectedResponses.add("a connection broke: " + broken);
        }
        return;
      }
    }
  }

  private void place(KassaProcess node, SplittableRandom random) {
    String order =
        """
        {"currency":"USD","customerId":"c-%d","codes":%s,"metadata":{"till":"%d"},\
        "lines":[{"sku":"MUG","quantity":%d,"unitPrice":"7.50","tags":["mug"]},\
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
    String id = id(placed);
    acknowledged.put(id, placed.body());
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

  /** Nothing but an outage that says when to come back may refuse one of these orders. */
  private void recordResponse(HttpResponse<String> answer) {
    if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
      unavailableResponses.add(answer.body());
    } else {
      unexpectedResponses.add(answer.statusCode() + " " + answer.body());
    }
  }

  private static String id(HttpResponse<String> answer) {
    Matcher matcher = ID.matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return matcher.group(1);
  }
}
