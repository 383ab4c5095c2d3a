package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.StoreProbeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStoreProbeTest extends StoreProbeContract {

  private final String url = PostgresServer.newDatabase();
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence = Persistence.open(new Persistence.Config(url, 1));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected StoreProbe probe() {
    return persistence.probe();
  }

  @Override
  protected void takeStoreAway() {
    PostgresServer.takeAway(url);
  }

  @Test
  void has_an_answer_within_seconds_while_another_holds_the_table() {
    Instant begin = Instant.now();

    PostgresServer.whileLocked(
        url,
        "flyway_schema_history",
        () ->
            assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> probe().probe())
                .withMessage("the database could not be asked to tell the version of its schema"));

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void says_so_when_the_schema_is_another_one() {
    PostgresServer.execute(url, "update \"flyway_schema_history\" set \"version\" = '999'");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> probe().probe())
        .withMessage("the database has schema 999, and this version needs " + SchemaVersion.NEEDED);
  }
}
