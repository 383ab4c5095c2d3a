package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the probe finds only with PostgreSQL. */
class PostgresStoreProbeTest {

  private final String url = PostgresServer.newDatabase();
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence = Persistence.open(new PersistenceConfig(url, 1));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  private StoreProbe probe() {
    return persistence.stores().probe();
  }

  @Test
  void fails_within_seconds_while_the_table_is_locked() {
    Instant start = Instant.now();

    PostgresServer.whileLocked(
        url,
        "flyway_schema_history",
        () ->
            assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> probe().probe())
                .withMessage("cannot read the schema version: the database is unavailable"));

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void reports_a_database_that_accepts_only_reads() {
    PostgresServer.makeReadOnly(url);
    persistence.close();
    persistence = Persistence.open(new PersistenceConfig(url, 1));

    assertThatExceptionOfType(StoreReadOnlyException.class).isThrownBy(() -> probe().probe());
  }

  @Test
  void works_while_requests_use_all_connections() throws InterruptedException {
    Thread reading = new Thread(() -> persistence.stores().products().listBySku(null, 1));

    PostgresServer.whileLocked(
        url,
        "products",
        () -> {
          reading.start();
          while (reading.isAlive() && PostgresServer.waitingForLocks(url) == 0) {
            Thread.onSpinWait();
          }
          assertThatCode(() -> probe().probe()).doesNotThrowAnyException();
        });

    reading.join();
  }

  @Test
  void reports_a_schema_version_mismatch() {
    PostgresServer.execute(url, "update \"flyway_schema_history\" set \"version\" = '999'");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> probe().probe())
        .withMessage(
            "the database has schema version 999, but this version of Kassa requires "
                + SchemaVersion.REQUIRED);
  }
}
