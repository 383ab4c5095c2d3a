package kassa.bootstrap;

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
  private static final String LIMITED =
      """
      {"code":"LOAD","limits":{"total":1000000,"perCustomer":1000000,\
      "budget":{"type":"spend","limit":"100000000"}},\
      "effects":[{"type":"amount_off_order","amount":"5.00"}]}\
      """;

  private final List<Launched> nodes;
  private final Map<String, String> answered;

  /** Those of which it is not known whether they were cancelled. */
  private final Set<String> unsure;

  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final Queue<String> unavailable = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;
  private volatile boolean connectionsMayBreak;

  private OrderLoad(List<Launched> nodes, Map<String, String> answered, Set<String> unsure) {
    this.nodes = nodes;
    this.answered = answered;
    this.unsure = unsure;
  }

  /** Puts the rule in force that the orders use. */
  static void prepare(Launched node) {
    HttpResponse<String> rule = node.post("/v1/rules", LIMITED);
    assertThat(rule.statusCode()).as(rule.body()).isEqualTo(201);
    assertThat(node.post("/v1/rules/" + id(rule) + "/activate", "").statusCode()).isEqualTo(200);
  }

  /** A load on these nodes that has not begun, and remembers nothing. */
  static OrderLoad on(Launched... nodes) {
    return new OrderLoad(List.of(nodes), new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
  }

  /** The same on other nodes, with what was answered so far. */
  OrderLoad goingOnWith(Launched... others) {
    return new OrderLoad(List.of(others), answered, unsure);
  }

  void begin(SplittableRandom random) {
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom own = random.split();
      threads.add(Thread.ofVirtual().start(() -> place(own)));
    }
  }

  /** Returns when so many more orders have been answered. */
  void awaitMore(int orders) {
    int enough = answered.size() + orders;
    while (answered.size() < enough && surprises.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Returns when so many requests have been answered 503. */
  void awaitUnavailable(int requests) {
    while (unavailable.size() < requests && surprises.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** From now on a connection may break without an answer. */
  void letConnectionsBreak() {
    connectionsMayBreak = true;
  }

  /** Ends the load; requests to servers that are gone have failed by then. */
  void end() throws InterruptedException {
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(surprises).isEmpty();
  }

  /** How many orders were acknowledged. */
  int orders() {
    return answered.size();
  }

  /** Every order that was acknowledged is there as it was answered. */
  void assertKept(Launched node, String when) {
    answered.forEach((id, answer) -> {
      String found = node.get("/v1/orders/" + id).body();
      if (unsure.contains(id) && found.contains("\"status\":\"cancelled\"")) {
        answered.put(id, found);
      } else {
        assertThat(found).as("%s %s", id, when).isEqualTo(answer);
      }
    });
    unsure.clear();
  }

  private void place(SplittableRandom random) {
    while (!ended) {
      Launched node = nodes.get(random.nextInt(nodes.size()));
      try {
        place(node, random);
      } catch (UncheckedIOException broken) {
        if (!connectionsMayBreak) {
          surprises.add("a connection broke: " + broken);
        }
        return;
      }
    }
  }

  private void place(Launched node, SplittableRandom random) {
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
      note(placed);
      return;
    }
    String id = id(placed);
    answered.put(id, placed.body());
    if (random.nextInt(4) == 0) {
      unsure.add(id);
      String etag = placed.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> cancelled =
          node.send("POST", "/v1/orders/" + id + "/cancel", etag, "{}");
      if (cancelled.statusCode() == 200) {
        answered.put(id, cancelled.body());
        unsure.remove(id);
      } else {
        note(cancelled);
      }
    }
  }

  /** Nothing but an outage that says when to come back may refuse one of these orders. */
  private void note(HttpResponse<String> answer) {
    if (answer.statusCode() == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
      unavailable.add(answer.body());
    } else {
      surprises.add(answer.statusCode() + " " + answer.body());
    }
  }

  private static String id(HttpResponse<String> answer) {
    Matcher matcher = ID.matcher(answer.body());
    assertThat(matcher.find()).as(answer.body()).isTrue();
    return matcher.group(1);
  }
}
