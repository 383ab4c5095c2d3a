package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.persistence.fixture.OrderWritingProcess;
import kassa.adapters.persistence.fixture.OrphanRows;
import kassa.adapters.persistence.fixture.SampleOrderKind;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashRecoveryTest {

  private static final int KILLS = 3;
  private static final Pattern ACKNOWLEDGED = Pattern.compile("([A-Z]+) ([0-9a-f-]{36})");

  @TempDir private Path folder;

  @Test
  void acknowledged_orders_survive_kill_9() throws Exception {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    String url = TestDatabases.newH2(folder.resolve("kassa"));
    Map<UUID, SampleOrderKind> acknowledged = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = OrderWritingProcess.start(url, random.nextLong());
      acknowledged.putAll(killAfter(process, random.nextInt(1, 150)));
      try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
        assertComplete(
            persistence.stores().orders(), acknowledged, "seed " + seed + ", kill " + kill);
      }
      assertThat(OrphanRows.find(url)).as("orphans, seed %s, kill %s", seed, kill).isEmpty();
    }
  }

  private static Map<UUID, SampleOrderKind> killAfter(Process process, int orders)
      throws IOException, InterruptedException {
    Map<UUID, SampleOrderKind> acknowledged = new HashMap<>();
    try (BufferedReader output = process.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher matcher = ACKNOWLEDGED.matcher(line);
        if (matcher.matches()) {
          acknowledged.put(
              UUID.fromString(matcher.group(2)), SampleOrderKind.valueOf(matcher.group(1)));
        }
        if (acknowledged.size() == orders) {
          // Killed from outside, because an exit of the process itself could lose its last output.
          process.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(process.waitFor()).as("exit code of kill -9").isEqualTo(128 + 9);
    return acknowledged;
  }

  private static void assertComplete(
      OrderStore orders, Map<UUID, SampleOrderKind> acknowledged, String description) {
    acknowledged.forEach((id, kind) ->
        assertThat(orders.find(new OrderId(id)))
            .as("%s %s after %s", kind, id, description)
            .hasValueSatisfying(order -> assertThat(order).matches(kind::matches)));
    List<Order> all = all(orders);
    assertThat(all).as(description).extracting(Order::number).doesNotHaveDuplicates();
    assertThat(all).as(description).extracting(Order::id).doesNotHaveDuplicates();
    assertThat(all)
        .as(description)
        .allMatch(
            order -> List.of(SampleOrderKind.values()).stream().anyMatch(k -> k.matches(order)));
  }

  private static List<Order> all(OrderStore orders) {
    List<Order> all = new ArrayList<>();
    List<Order> page = orders.listNewestFirst(null, 100);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = orders.listNewestFirst(page.getLast().sortKey(), 100);
    }
    return all;
  }
}
