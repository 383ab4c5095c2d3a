package kassa.adapters.persistence.event.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.TestStores;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.fixture.SampleProducts;
import kassa.domain.event.Event;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events of several nodes on one database, which only PostgreSQL can have. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresEventOrderTest {

  private static final int NODES = 3;
  private static final int WRITERS_PER_NODE = 3;
  private static final int TRANSACTIONS = 30;
  private static final Instant AT = SampleProducts.START;

  @TempDir private Path folder;

  @Test
  void pollers_on_three_nodes_see_each_event_of_slow_transactions_once_in_the_same_order()
      throws Exception {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    List<Database> nodes =
        IntStream.range(0, NODES).mapToObj(i -> TestDatabases.open(url, 6)).toList();
    List<String> committed = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean written = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<List<Event>>> pollers = new ArrayList<>();
      for (Database node : nodes) {
        pollers.add(threads.submit(() -> poll(node, written)));
      }
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < NODES * WRITERS_PER_NODE; writer++) {
        int number = writer;
        writers.add(() -> write(nodes.get(number % NODES), number, committed));
      }
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        assertThat(writer.get()).isTrue();
      }
      written.set(true);

      List<Event> first = pollers.getFirst().get();
      assertThat(first)
          .extracting(event -> event.subject().id())
          .containsExactlyInAnyOrderElementsOf(committed);
      assertThat(first).extracting(Event::position).isSorted().doesNotHaveDuplicates();
      for (Future<List<Event>> poller : pollers) {
        assertThat(poller.get()).isEqualTo(first);
      }
    } finally {
      nodes.forEach(Database::close);
    }
  }

  /** Writes two events in each transaction, which then waits before its commit or rollback. */
  private static boolean write(Database node, int writer, List<String> committed) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      boolean commits = i % 5 != 4;
      long pause = (writer * 7L + i * 13L) % 20;
      List<String> skus = List.of(writer + "-" + i + "-a", writer + "-" + i + "-b");
      int _ =
          node.inTransaction(
              "write events",
              handle -> {
                for (String sku : skus) {
                  EventWriter.insert(
                      handle,
                      Dialect.POSTGRESQL,
                      List.of(
                          new NewEvent(
                              EventType.PRODUCT_DELETED, null, sku, 2, "key_1", AT, null)));
                  LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
                }
                if (!commits) {
                  handle.rollback();
                }
                return 0;
              });
      if (commits) {
        committed.addAll(skus);
      }
    }
    return true;
  }

  /** Reads events until all were written and none is left. */
  private static List<Event> poll(Database node, AtomicBoolean written) {
    JdbiEventLog log = new JdbiEventLog(node);
    List<Event> events = new ArrayList<>();
    EventPosition position = EventPosition.START;
    while (true) {
      boolean wasWritten = written.get();
      EventPage page = log.read(position, EventFilter.ALL, 7);
      events.addAll(page.events());
      if (wasWritten
          && page.events().isEmpty()
          && TestDatabases.queryNumber(
                  node,
                  "select count(*) from events where (transaction_id, position) > (%s, %s)"
                      .formatted(position.transaction(), position.number()))
              == 0) {
        return events;
      }
      position = page.next();
    }
  }

  @Test
  void events_of_a_product_are_in_the_order_of_its_versions() throws Exception {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    try (Database one = TestDatabases.open(url, 4);
        Database other = TestDatabases.open(url, 4);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      ProductStore both = TestStores.of(one).products();
      ProductStore second = TestStores.of(other).products();
      List<Future<Boolean>> writers =
          threads.invokeAll(
              List.<Callable<Boolean>>of(
                  () -> put(both, "A", "B", "C", "D"),
                  () -> put(second, "D"),
                  () -> put(second, "C", "D")));
      for (Future<Boolean> writer : writers) {
        assertThat(writer.get()).isTrue();
      }

      Map<String, Integer> versions = new HashMap<>();
      for (Event event : poll(one, new AtomicBoolean(true))) {
        assertThat(event.sequence())
            .as(event.toString())
            .isEqualTo(versions.getOrDefault(event.subject().id(), 0) + 1);
        versions.merge(event.subject().id(), 1, Integer::sum);
      }
      assertThat(versions).containsEntry("A", 60).containsEntry("D", 180);
    }
  }

  private static boolean put(ProductStore store, String... skus) {
    for (int i = 0; i < 60; i++) {
      store.putAll(java.util.Arrays.stream(skus).map(SampleProducts::plain).toList(), AT);
    }
    return true;
  }

  @Test
  void events_after_a_restore_into_another_cluster_come_after_the_restored_ones() {
    String url = TestDatabases.newUrl(Dialect.POSTGRESQL, folder);
    try (Database database = TestDatabases.open(url, 2)) {
      TestStores.of(database)
          .products()
          .create(SampleProducts.created(SampleProducts.plain("A")), null);
      // As if the cluster of the backup had had much higher transaction ids.
      TestDatabases.executeSql(
          database, "update events set transaction_id = transaction_id + 1000000000000");
    }
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      persistence
          .stores()
          .products()
          .create(SampleProducts.created(SampleProducts.plain("B")), null);
    }
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2));
        Database database = TestDatabases.open(url, 2)) {
      persistence
          .stores()
          .products()
          .create(SampleProducts.created(SampleProducts.plain("C")), null);

      assertThat(poll(database, new AtomicBoolean(true)))
          .extracting(event -> event.subject().id())
          .containsExactly("A", "B", "C");
    }
  }
}
