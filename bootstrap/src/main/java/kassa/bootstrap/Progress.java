package kassa.bootstrap;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells on standard error how far something has come: a bar on a terminal, else a line at times.
 */
final class Progress {

  private static final int WIDTH = 40;
  private static final Duration OF_BAR = Duration.ofMillis(200);
  private static final Duration OF_LINE = Duration.ofSeconds(10);

  private final long all;
  private boolean bar = isOnTerminal();
  private final Instant begin = Instant.now();
  private Instant told = begin;
  private long done;

  Progress(long all) {
    // Of nothing there is no part.
    this.all = Math.max(1, all);
  }

  void add(long more) {
    done += more;
    Instant now = Instant.now();
    if (Duration.between(told, now).compareTo(bar ? OF_BAR : OF_LINE) >= 0) {
      told = now;
      tell(now);
    }
  }

  /** Says what is done when all have come, and there is nothing to count any more. */
  void say(String what) {
    if (bar) {
      tell(Instant.now());
      System.err.println();
      bar = false;
    }
    System.err.println(what);
  }

  /** Says how many there were and how long that took. */
  void end() {
    if (bar) {
      tell(Instant.now());
      System.err.println();
    }
    long millis = Math.max(1, Duration.between(begin, Instant.now()).toMillis());
    System.out.printf(
        Locale.ROOT, "%d orders in %.1f s, %d a second%n", done, millis / 1_000.0, rate(millis));
  }

  private void tell(Instant now) {
    long rate = rate(Math.max(1, Duration.between(begin, now).toMillis()));
    int filled = (int) (done * WIDTH / all);
    if (bar) {
      System.err.printf(
          Locale.ROOT,
          "\r[%s%s] %3d %%  %d a second ",
          "#".repeat(filled),
          " ".repeat(WIDTH - filled),
          done * 100 / all,
          rate);
    } else {
      System.err.printf(Locale.ROOT, "%d of %d orders, %d a second%n", done, all, rate);
    }
  }

  private static boolean isOnTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private long rate(long millis) {
    return done * 1_000 / millis;
  }
}
