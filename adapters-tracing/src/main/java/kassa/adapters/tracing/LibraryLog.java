package kassa.adapters.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Writes warnings of the library, such as of a collector that is away, to the log of Kassa. */
final class LibraryLog extends Handler {

  /** Kept, because the JDK forgets the settings of a logger that nobody holds. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(OpenTelemetryTracing.class);

  private LibraryLog() {}

  static synchronized void install() {
    if (LIBRARY.getHandlers().length == 0) {
      LIBRARY.setUseParentHandlers(false);
      LIBRARY.addHandler(new LibraryLog());
    }
  }

  @Override
  public void publish(LogRecord event) {
    if (event.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("{}", new SimpleFormatter().formatMessage(event));
    }
  }

  @Override
  public void flush() {
    // Nothing is buffered.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
