package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kassa.adapters.persistence.fixture.OrderWritingProcess;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.domain.catalogue.Product;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersistenceTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void finds_orders_after_reopening(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    Order order;
    byte[] key;
    try (Persistence persistence = open(url)) {
      order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich());
      key = persistence.cursorKey();
    }

    try (Persistence persistence = open(url)) {
      assertThat(persistence.stores().orders().listNewestFirst(null, 10)).containsExactly(order);
      assertThat(persistence.cursorKey()).isEqualTo(key).hasSize(32);
      assertThat(
              SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich())
                  .number()
                  .value())
          .isEqualTo(order.number().value() + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void finds_products_after_reopening(Dialect dialect) {
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    Product product = SampleProducts.created(SampleProducts.rich("MUG"));
    try (Persistence persistence = open(url)) {
      persistence.stores().products().create(product, null);
    }

    try (Persistence persistence = open(url)) {
      assertThat(persistence.stores().products().listBySku(null, 10)).containsExactly(product);
    }
  }

  @Test
  void cursor_key_is_a_defensive_copy() {
    try (Persistence persistence = open(h2())) {
      persistence.cursorKey()[0]++;

      assertThat(persistence.cursorKey()).isEqualTo(persistence.cursorKey());
      assertThat(persistence.cursorKey()).isNotSameAs(persistence.cursorKey());
    }
  }

  @Test
  void close_releases_the_file_lock() throws Exception {
    Persistence persistence = open(h2());
    persistence.close();

    try (FileChannel file =
            FileChannel.open(folder.resolve("kassa.mv.db"), StandardOpenOption.WRITE);
        FileLock lock = file.tryLock()) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void may_be_closed_twice() {
    Persistence persistence = open(h2());
    persistence.close();

    assertThatCode(persistence::close).doesNotThrowAnyException();
  }

  @Test
  void survives_an_interrupted_reading_thread() {
    try (Persistence persistence = open(h2())) {
      Order order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich());

      Thread.currentThread().interrupt();
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> persistence.stores().orders().find(order.id()));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(persistence.stores().orders().find(order.id())).contains(order);
    }
  }

  @Test
  void reports_a_file_in_use_by_another_process() throws Exception {
    TestDatabases.newH2(folder.resolve("kassa"));
    Process other = OrderWritingProcess.start(h2(), 1);
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.lines().anyMatch(OrderWritingProcess::isStored)).isTrue();

      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> open(h2()))
          .withMessage(
              "the database file is in use by another process; only one process can open it");
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jdbc:mysql://localhost/kassa",
        "jdbc:h2:mem:kassa",
        "jdbc:h2:tcp://localhost/kassa",
        "jdbc:h2:ssl://localhost/kassa",
        "jdbc:h2:file:./kassa;auto_server=true"
      })
  void rejects_an_unsupported_url(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> open(url));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
  void rejects_a_pool_size_out_of_range(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersistenceConfig(h2(), size))
        .withMessage("poolSize must be from 1 to 200");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PersistenceConfig(h2(), 1, null, size))
        .withMessage("readPoolSize must be from 1 to 200");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void accepts_the_min_and_max_pool_size(int size) {
    assertThat(new PersistenceConfig(h2(), size).poolSize()).isEqualTo(size);
  }

  @Test
  void reports_an_unreachable_server_without_the_password() {
    String url = "jdbc:postgresql://localhost:1/kassa?user=shop&password=s3cret";

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> open(url))
        .withMessage("the database cannot be reached")
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("refused"))
        .satisfies(failure ->
            assertThat(failure)
                .extracting(PersistenceTest::stackTrace)
                .asString()
                .doesNotContain("s3cret"));
    assertThat(new PersistenceConfig(url, 1).toString()).doesNotContain("s3cret");
  }

  @Test
  void reports_a_missing_database() {
    String url = PostgresServer.newEmptyDatabase().replaceFirst("/test[0-9]+", "/nowhere");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> open(url))
        .withMessage("the database server has no database with the name in the URL");
  }

  @Test
  void read_only_postgresql_serves_reads_and_says_so_for_writes() {
    String url = PostgresServer.newEmptyDatabase();
    Order order;
    try (Persistence persistence = open(url)) {
      order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich());
    }
    PostgresServer.makeReadOnly(url);

    try (Persistence persistence = open(url)) {
      assertThat(persistence.stores().orders().find(order.id())).contains(order);
      assertThatExceptionOfType(StoreReadOnlyException.class)
          .isThrownBy(
              () -> SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich()));
      assertThatExceptionOfType(StoreReadOnlyException.class)
          .isThrownBy(() ->
              persistence
                  .stores()
                  .products()
                  .create(SampleProducts.created(SampleProducts.rich("MUG")), null));
      assertThat(persistence.stores().orders().listNewestFirst(null, 10)).containsExactly(order);
    }
  }

  private String h2() {
    return "jdbc:h2:file:" + folder.resolve("kassa");
  }

  private static Persistence open(String url) {
    return Persistence.open(new PersistenceConfig(url, 2));
  }

  private static String stackTrace(Throwable failure) {
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
