package kassa.bootstrap.cli;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Reports progress on standard error: a bar on a terminal, otherwise a line every 10 seconds. Not
 * thread-safe.
 */
public final class ProgressReporter {

  private static final int WIDTH = 40;
  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);

  private final long total;
  private boolean showsBar = isOnTerminal();
  private final Instant startedAt = Instant.now();
  private Instant lastReportedAt = startedAt;
  private long done;

  /**
   * @param total the expected number of orders
   */
  public ProgressReporter(long total) {
    // Avoids a division by zero.
    this.total = Math.max(1, total);
  }

  /** Adds completed orders. */
  public void add(long completed) {
    done += completed;
    Instant now = Instant.now();
    if (Duration.between(lastReportedAt, now).compareTo(showsBar ? BAR_INTERVAL : LINE_INTERVAL)
        >= 0) {
      lastReportedAt = now;
      print(now);
    }
  }

  /** Completes the bar and prints the last step, which is not counted. */
  public void printStatus(String status) {
    if (showsBar) {
      print(Instant.now());
      System.err.println();
      showsBar = false;
    }
    System.err.println(status);
  }

  /** Prints the number of orders, the duration and the rate to standard output. */
  public void finish() {
    if (showsBar) {
      print(Instant.now());
      System.err.println();
    }
    long millis = Math.max(1, Duration.between(startedAt, Instant.now()).toMillis());
    System.out.printf(
        Locale.ROOT, "%d orders in %.1f s, %d a second%n", done, millis / 1_000.0, rate(millis));
  }

  private void print(Instant now) {
    long rate = rate(Math.max(1, Duration.between(startedAt, now).toMillis()));
    int filled = (int) (done * WIDTH / total);
    if (showsBar) {
      System.err.printf(
          Locale.ROOT,
          "\r[%s%s] %3d %%  %d a second ",
          "#".repeat(filled),
          " ".repeat(WIDTH - filled),
          done * 100 / total,
          rate);
    } else {
      System.err.printf(Locale.ROOT, "%d of %d orders, %d a second%n", done, total, rate);
    }
  }

  private static boolean isOnTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private long rate(long millis) {
    return done * 1_000 / millis;
  }
}
