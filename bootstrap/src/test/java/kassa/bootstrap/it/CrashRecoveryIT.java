package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Kills the server at random moments under load. {@code -Dkassa.kills=50} sets the number of kills
 * on each database.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class CrashRecoveryIT {

  private static final int KILLS = Integer.getInteger("kassa.kills", 5);
  private static final int MAX_ORDERS = 300;
  private static final int MAX_REFUNDS = 100;
  private static final int CLERKS = 4;
  private static final String H2_PREFIX = "jdbc:h2:";
  private static final String H2_FILE = "kassa.mv.db";
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
    killUnderOrderLoad(h2Url(h2Folder()));
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

  /**
   * Kills one node after the other. The next node has all acknowledged orders and places more until
   * it is killed; the last one stops cleanly.
   */
  private void killUnderOrderLoad(String url, String... flags) throws Exception {
    OrderLoad load = OrderLoad.on();
    KassaProcess node = KassaProcess.startServer(folder, flags);
    try {
      OrderLoad.activateRule(node);
      for (int kill = 1; kill <= KILLS; kill++) {
        String when = "after kill " + kill + ", seed " + seed;
        load = load.continueOn(node);
        load.start(random);
        load.awaitMoreOrders(random.nextInt(1, MAX_ORDERS));
        load.allowConnectionFailures();
        node.kill();
        load.stop();
        node.close();
        ConsistencyChecks.assertConsistent(
            openableUrl(url, kill), load.acknowledgedCount(), when + ", before the next start");
        node = KassaProcess.startServer(folder, flags);
        load.assertStored(node, when);
      }
      load = load.continueOn(node);
      load.start(random);
      load.awaitMoreOrders(20);
      load.stop();
      node.stop();
    } finally {
      node.close();
    }
    String atTheEnd = "at the end, seed " + seed;
    ConsistencyChecks.assertConsistent(url, load.acknowledgedCount(), atTheEnd);
    try (KassaProcess last = KassaProcess.startServer(folder, flags)) {
      load.assertStored(last, atTheEnd);
      load.assertFound(last, atTheEnd);
    }
  }

  /**
   * URL of the database as the killed node left it. For H2 it is a copy, because a connection would
   * recover the file in place of the next node.
   */
  private String openableUrl(String url, int kill) throws IOException {
    if (!url.startsWith(H2_PREFIX)) {
      return url;
    }
    Path copy = Files.createDirectory(folder.resolve("killed" + kill));
    Files.copy(h2Folder().resolve(H2_FILE), copy.resolve(H2_FILE));
    return h2Url(copy);
  }

  private Path h2Folder() {
    return folder.resolve("data");
  }

  private static String h2Url(Path dataFolder) {
    return H2_PREFIX + "file:" + dataFolder.resolve("kassa") + ";USER=sa";
  }
}
