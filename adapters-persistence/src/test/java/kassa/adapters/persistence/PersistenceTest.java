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
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
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
  void finds_what_it_kept_when_it_is_opened_again(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    Order order;
    byte[] key;
    try (Persistence persistence = open(url)) {
      order = SampleOrders.accept(persistence.orders(), SampleOrders.rich());
      key = persistence.cursorKey();
    }

    try (Persistence persistence = open(url)) {
      assertThat(persistence.orders().newestFirst(null, 10)).containsExactly(order);
      assertThat(persistence.cursorKey()).isEqualTo(key).hasSize(32);
      assertThat(SampleOrders.accept(persistence.orders(), SampleOrders.rich()).number().value())
          .isEqualTo(order.number().value() + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void finds_the_products_that_it_kept_when_it_is_opened_again(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    Product product = SampleProducts.created(SampleProducts.rich("MUG"));
    try (Persistence persistence = open(url)) {
      persistence.products().create(product);
    }

    try (Persistence persistence = open(url)) {
      assertThat(persistence.products().risingBySku(null, 10)).containsExactly(product);
    }
  }

  @Test
  void gives_its_key_away_as_a_copy() {
    try (Persistence persistence = open(h2())) {
      persistence.cursorKey()[0]++;

      assertThat(persistence.cursorKey()).isEqualTo(persistence.cursorKey());
      assertThat(persistence.cursorKey()).isNotSameAs(persistence.cursorKey());
    }
  }

  @Test
  void leaves_the_file_to_others_when_it_is_closed() throws Exception {
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
  void survives_the_interruption_of_a_reader() {
    try (Persistence persistence = open(h2())) {
      Order order = SampleOrders.accept(persistence.orders(), SampleOrders.rich());

      Thread.currentThread().interrupt();
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> persistence.orders().find(order.id()));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(persistence.orders().find(order.id())).contains(order);
    }
  }

  @Test
  void says_so_when_another_process_uses_the_file() throws Exception {
    Process other = AcceptingProcess.start(h2(), 1);
    try (BufferedReader output = other.inputReader()) {
      assertThat(output.readLine()).isNotNull();

      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> open(h2()))
          .withMessage(
              "the database's file is in use by another process,"
                  + " and only one can use it at a time");
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
        "jdbc:h2:file:./kassa;auto_server=true",
        "postgresql://localhost/kassa"
      })
  void refuses_a_url_of_another_kind(String url) {
    assertThatIllegalArgumentException().isThrownBy(() -> open(url));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
  void refuses_a_pool_of_no_or_too_many_connections(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Persistence.Config(h2(), size))
        .withMessage("poolSize must be from 1 to 200");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200})
  void takes_a_pool_of_the_least_and_the_most_connections(int size) {
    assertThat(new Persistence.Config(h2(), size).poolSize()).isEqualTo(size);
  }

  @Test
  void says_so_when_nobody_listens_and_keeps_the_password_to_itself() {
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
    assertThat(new Persistence.Config(url, 1).toString()).doesNotContain("s3cret");
  }

  @Test
  void says_so_when_there_is_no_such_database() {
    String url = PostgresServer.newDatabase().replaceFirst("/test[0-9]+", "/nowhere");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> open(url))
        .withMessage("the database server has no database of the name in the url");
  }

  private String h2() {
    return "jdbc:h2:file:" + folder.resolve("kassa");
  }

  private static Persistence open(String url) {
    return Persistence.open(new Persistence.Config(url, 2));
  }

  private static String stackTrace(Throwable failure) {
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
