package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.fixture.OrphanRows;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderTransition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Load, shutdown or online backup, reopen, compare: many times with one file. {@code
 * -Dkassa.cycles=200} sets the number. Run it before a change of the version of H2: see
 * docs/decisions/0136.
 */
class H2CyclesTest {

  private static final int CYCLES = Integer.getInteger("kassa.cycles", 10);
  private static final int THREADS = 4;
  private static final int ORDERS = 24;

  @TempDir private Path folder;
  private final Map<OrderId, Order> expected = new HashMap<>();

  @Test
  void the_file_can_be_reopened_after_each_shutdown_and_online_backup() throws Exception {
    Path file = folder.resolve("kassa");
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      String when = "cycle " + cycle + " of " + CYCLES;
      Path backup = folder.resolve("backup.zip");
      Map<OrderId, Order> inBackup = Map.of();
      try (Persistence persistence = open(file)) {
        OrderStore store = persistence.stores().orders();
        assertStored(store, expected, when);
        load(store);
        if (cycle % 2 == 0) {
          inBackup = Map.copyOf(expected);
          backUpUnderLoad(persistence, backup);
        }
      }
      if (cycle % 2 == 0) {
        assertRestorable(backup, inBackup, when);
      }
      assertThat(OrphanRows.find(url(file))).as(when).isEmpty();
    }
    try (Persistence persistence = open(file)) {
      assertStored(persistence.stores().orders(), expected, "at the end");
    }
  }

  /** Inserts orders, and changes a part of them. */
  private void load(OrderStore store) throws Exception {
    record(
        ConcurrentRuns.run(
            THREADS,
            ORDERS,
            i -> {
              Order order =
                  SampleOrders.insert(
                      store, i % 5 == 0 ? SampleOrders.rich() : SampleOrders.placedAfterSeconds(i));
              return switch (i % 3) {
                case 0 ->
                    SampleOrderChanges.transitioned(
                        store, order, SampleOrders.START, OrderTransition.CANCEL);
                case 1 ->
                    SampleOrderChanges.refunded(
                        store,
                        SampleOrderChanges.transitioned(
                            store, order, SampleOrders.START, OrderTransition.PAY),
                        SampleOrders.START,
                        1 + i);
                default -> order;
              };
            }));
  }

  /** The backup is made by one of the threads while the others load. */
  private void backUpUnderLoad(Persistence persistence, Path backup) throws Exception {
    List<List<Order>> placed =
        ConcurrentRuns.run(
            THREADS,
            THREADS,
            thread -> {
              if (thread == 0) {
                persistence.admin().backup(backup, true);
                return List.of();
              }
              List<Order> own = new ArrayList<>();
              for (int i = 0; i < ORDERS / THREADS; i++) {
                own.add(
                    SampleOrders.insert(
                        persistence.stores().orders(), SampleOrders.placedAfterSeconds(i)));
              }
              return own;
            });
    placed.forEach(this::record);
  }

  private void assertRestorable(Path backup, Map<OrderId, Order> orders, String when)
      throws Exception {
    Path copy = folder.resolve("restored");
    try (DatabaseAdmin admin = new DatabaseAdmin(url(copy))) {
      admin.restore(backup, false, 0);
    }
    try (Persistence persistence = open(copy)) {
      OrderStore store = persistence.stores().orders();
      orders.forEach(
          (id, order) -> assertThat(store.find(id)).as("%s, backup", when).contains(order));
    }
    assertThat(OrphanRows.find(url(copy))).as("%s, backup", when).isEmpty();
    Files.delete(Path.of(copy + ".mv.db"));
  }

  private static void assertStored(OrderStore store, Map<OrderId, Order> orders, String when) {
    List<Order> found = new ArrayList<>();
    List<Order> page = store.listNewestFirst(null, 100);
    while (!page.isEmpty()) {
      found.addAll(page);
      page = store.listNewestFirst(page.getLast().sortKey(), 100);
    }
    assertThat(found).as(when).containsExactlyInAnyOrderElementsOf(orders.values());
  }

  private void record(List<Order> orders) {
    orders.forEach(order -> expected.put(order.id(), order));
  }

  private static Persistence open(Path file) {
    return Persistence.open(new PersistenceConfig(url(file), THREADS));
  }

  private static String url(Path file) {
    return "jdbc:h2:file:" + file;
  }
}
