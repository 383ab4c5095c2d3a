package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Kills the server at random moments under load. {@code -Dkassa.kills=50} sets the number of kills
 * on each database.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashRecoveryIT {

  private static final int KILLS = Integer.getInteger("kassa.kills", 5);
  private static final int MAX_ORDERS = 300;
  private static final int MAX_REFUNDS = 100;
  private static final int CLERKS = 4;
  private static final String TEN_MUGS =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final String ONE_CENT = "{\"amount\":\"0.01\"}";

  private final long seed = new SplittableRandom().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path folder;

  @Test
  void no_acknowledged_order_is_lost_after_crash_on_h2() throws Exception {
    killUnderOrderLoad("jdbc:h2:file:" + folder.resolve("data").resolve("kassa") + ";USER=sa");
  }

  @Test
  void no_acknowledged_order_is_lost_after_crash_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      killUnderOrderLoad(url, "--db-url", url);
    }
  }

  @Test
  void refund_is_made_once_per_idempotency_key_after_crash_on_h2() throws Exception {
    killDuringRefunds();
  }

  @Test
  void refund_is_made_once_per_idempotency_key_after_crash_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      killDuringRefunds("--db-url", postgres.url());
    }
  }

  /**
   * Kills one node after the other. The next node gets all refunds again with their keys, also the
   * acknowledged ones, and then those of the next order.
   */
  private void killDuringRefunds(String... flags) throws Exception {
    KassaProcess node = KassaProcess.startServer(folder, flags);
    try {
      for (int order = 1; order <= KILLS; order++) {
        String when = "order " + order + ", seed " + seed;
        String path = "/v1/orders/" + order;
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        Set<String> sent = ConcurrentHashMap.newKeySet();
        killDuringRefunds(node, order, sent, acknowledged);
        node.close();
        node = KassaProcess.startServer(folder, flags);
        for (String key : sent) {
          HttpResponse<String> again = node.postIdempotently(path + "/refunds", ONE_CENT, key);
          assertThat(again.statusCode()).as("%s, %s: %s", key, when, again.body()).isEqualTo(201);
          assertThat(again.body())
              .as("%s, %s", key, when)
              .isEqualTo(acknowledged.getOrDefault(key, again.body()));
        }
        assertThat(node.get(path + "/refunds").body().split("\"orderId\"", -1))
            .as(when)
            .hasSize(sent.size() + 1);
      }
    } finally {
      node.close();
    }
  }

  private void killDuringRefunds(
      KassaProcess node, int order, Set<String> sent, Map<String, String> acknowledged)
      throws InterruptedException {
    String path = "/v1/orders/" + order;
    node.post("/v1/orders", TEN_MUGS);
    node.send("POST", path + "/pay", "*", "{}");
    List<Thread> clerks = new ArrayList<>();
    for (int clerk = 0; clerk < CLERKS; clerk++) {
      String prefix = order + "-" + clerk + "-";
      clerks.add(
          Thread.ofVirtual()
              .start(() -> refundUntilDisconnected(node, path, prefix, sent, acknowledged)));
    }
    int expected = random.nextInt(1, MAX_REFUNDS);
    while (acknowledged.size() < expected) {
      Polling.pause();
    }
    node.kill();
    for (Thread clerk : clerks) {
      clerk.join();
    }
  }

  private static void refundUntilDisconnected(
      KassaProcess node,
      String path,
      String prefix,
      Set<String> sent,
      Map<String, String> acknowledged) {
    try {
      for (int i = 0; true; i++) {
        sent.add(prefix + i);
        HttpResponse<String> response =
            node.postIdempotently(path + "/refunds", ONE_CENT, prefix + i);
        if (response.statusCode() == 201) {
          acknowledged.put(prefix + i, response.body());
        }
      }
    } catch (UncheckedIOException disconnected) {
      // The outcome of the last refund is unknown.
    }
  }

  private void killUnderOrderLoad(String url, String... flags) throws Exception {
    OrderLoad load = OrderLoad.on();
    for (int kill = 1; kill <= KILLS; kill++) {
      String when = "after kill " + kill + ", seed " + seed;
      try (KassaProcess node = KassaProcess.startServer(folder, flags)) {
        if (kill == 1) {
          OrderLoad.activateRule(node);
        }
        load.assertStored(node, "before kill " + kill + ", seed " + seed);
        load = load.continueOn(node);
        load.start(random);
        load.awaitMoreOrders(random.nextInt(1, MAX_ORDERS));
        load.allowConnectionFailures();
        node.kill();
        load.stop();
      }
      try (KassaProcess node = KassaProcess.startServer(folder, flags)) {
        load.assertStored(node, when);
        load = load.continueOn(node);
        load.start(random);
        load.awaitMoreOrders(20);
        load.stop();
        node.stop();
      }
      ConsistencyChecks.assertConsistent(url, load.acknowledgedCount(), when);
    }
    try (KassaProcess node = KassaProcess.startServer(folder, flags)) {
      load.assertFound(node, "at the end, seed " + seed);
    }
  }
}
