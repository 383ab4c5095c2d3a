package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.time.Instant;
import kassa.application.port.out.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutageLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(OutageLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final OutageLog log = new OutageLog(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void logs_the_start_a_summary_every_10_seconds_and_the_end_of_an_outage() {
    log.recordSuccess();
    for (int i = 0; i < 2_100; i++) {
      log.recordFailure(failure());
      now = now.plusMillis(10);
    }
    log.recordSuccess();
    log.recordSuccess();

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "The database is unavailable: cannot find an order (Connection refused)",
            "The database is unavailable since 2026-01-01T00:00:00Z: 1001 calls to it failed; the"
                + " last one: cannot find an order (Connection refused)",
            "The database is unavailable since 2026-01-01T00:00:00Z: 2001 calls to it failed; the"
                + " last one: cannot find an order (Connection refused)",
            "The database is available again after 21 s; 2100 calls to it failed");
    assertThat(lines.list).extracting(ILoggingEvent::getThrowableProxy).containsOnlyNulls();
  }

  private static StoreUnavailableException failure() {
    return new StoreUnavailableException(
        "cannot find an order", new IOException("Connection refused"));
  }
}
