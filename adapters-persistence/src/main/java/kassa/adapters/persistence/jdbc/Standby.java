package kassa.adapters.persistence.jdbc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import kassa.adapters.persistence.sql.NamedParameterParser;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Telemetry;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL standby for reads, with a connection pool of its own. Each read first checks that
 * the standby has replayed a position of the primary. If it cannot be used, one read tries it again
 * after a pause, and the log has one line when that begins and one when it ends. Thread-safe. See
 * docs/decisions/0167.
 */
public final class Standby implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

  /** A standby that does not answer for longer is unavailable. */
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MAX_WAIT = Duration.ofMillis(100);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);

  /** An open pool. */
  private record Pool(FairConnectionPool connections, Jdbi jdbi, boolean sharesSessions) {}

  private final PoolSettings settings;
  private final Duration maxWait;
  private final Duration retryPause;
  private final Telemetry telemetry;
  private final AtomicLong nextAttempt = new AtomicLong(System.nanoTime());
  private volatile boolean inUse;
  private @Nullable Instant unusedSince;
  private @Nullable Pool pool;

  /**
   * @param maxWait maximum wait of a read until the standby has replayed the position
   * @param retryPause time between two attempts to use the standby again
   */
  Standby(PoolSettings settings, Duration maxWait, Duration retryPause, Telemetry telemetry) {
    this.settings = settings;
    this.maxWait = maxWait;
    this.retryPause = retryPause;
    this.telemetry = telemetry;
  }

  /**
   * A standby that serves requests: at most 100 ms behind the primary, and tried again every 5 s.
   *
   * @param url a URL of PostgreSQL
   * @param maxConnections maximum number of connections
   */
  public static Standby forRequests(String url, int maxConnections, Telemetry telemetry) {
    return new Standby(settings(url, maxConnections), MAX_WAIT, RETRY_PAUSE, telemetry);
  }

  /** Settings of the pool. */
  static PoolSettings settings(String url, int maxConnections) {
    PoolSettings requests = PoolSettings.forRequests(url, maxConnections);
    return new PoolSettings(
        url,
        maxConnections,
        requests.acquireTimeout(),
        CONNECT_TIMEOUT,
        requests.statementTimeout(),
        requests.socketTimeout());
  }

  /**
   * Runs a read on one connection, after the standby has replayed the position of the primary.
   *
   * @param primary tells its position
   * @return empty if the standby cannot be used, or failed; the work may have been run
   * @throws StoreUnavailableException if the primary is unavailable
   */
  <T> Optional<T> read(Queries primary, Function<Queries, T> work) {
    if (!isDue()) {
      return Optional.empty();
    }
    WalPosition position;
    try {
      position = primary.query("read the WAL position", WalPosition::current);
    } catch (IllegalStateException failure) {
      recordFailure("the primary does not tell its WAL position");
      return Optional.empty();
    }
    try {
      return read(position, work);
    } catch (JdbiException failure) {
      // A statement may fail alone: it conflicts with the replay, or exceeds its timeout.
      if (!inUse || SqlExceptionTranslator.isConnectionLost(failure)) {
        recordFailure(SqlExceptionTranslator.rootMessage(failure));
      }
      return Optional.empty();
    }
  }

  /** After a failure only one read per pause uses the standby. */
  private boolean isDue() {
    if (inUse) {
      return true;
    }
    long now = System.nanoTime();
    long next = nextAttempt.get();
    return now - next >= 0 && nextAttempt.compareAndSet(next, now + retryPause.toNanos());
  }

  private <T> Optional<T> read(WalPosition position, Function<Queries, T> work) {
    Pool opened = openOnce();
    return opened
        .jdbi()
        .withHandle(handle -> {
          if (!opened.sharesSessions()) {
            return check(handle, position) ? Optional.of(run(handle, work)) : Optional.empty();
          }
          // The next transaction may be one of another session, and even of another standby.
          return handle.inTransaction(transaction -> {
            transaction.execute("set transaction isolation level read committed, read only");
            return check(transaction, position)
                ? Optional.of(run(transaction, work))
                : Optional.empty();
          });
        });
  }

  /** Checks the position, or records why the standby cannot be used. */
  private boolean check(Handle handle, WalPosition position) {
    int socketTimeout = Database.setSocketTimeout(handle, (int) CHECK_TIMEOUT.toMillis());
    Optional<String> obstacle;
    try {
      obstacle = position.awaitReplayed(handle, maxWait);
    } finally {
      Database.setSocketTimeout(handle, socketTimeout);
    }
    obstacle.ifPresentOrElse(this::recordFailure, this::recordSuccess);
    return obstacle.isEmpty();
  }

  private static <T> T run(Handle handle, Function<Queries, T> work) {
    return work.apply(
        new Queries() {
          @Override
          public <R> R query(String purpose, Function<Handle, R> query) {
            return query.apply(handle);
          }
        });
  }

  private synchronized void recordFailure(String reason) {
    nextAttempt.set(System.nanoTime() + retryPause.toNanos());
    inUse = false;
    if (pool != null) {
      // With several hosts in the URL, new connections may find a standby.
      pool.connections().evictConnections();
    }
    if (unusedSince == null) {
      unusedSince = Instant.now();
      LOG.warn("The standby is not used, lists and reports read from the primary: {}", reason);
    }
  }

  private void recordSuccess() {
    if (!inUse) {
      startUse();
    }
  }

  private synchronized void startUse() {
    if (inUse) {
      return;
    }
    inUse = true;
    if (unusedSince == null) {
      LOG.info("Lists and reports read from the standby");
    } else {
      LOG.info(
          "The standby is used again after {} s",
          Duration.between(unusedSince, Instant.now()).toSeconds());
      unusedSince = null;
    }
  }

  private synchronized Pool openOnce() {
    if (pool == null) {
      try {
        boolean sharesSessions = Dialect.POSTGRESQL.sharesSessions(firstConnection());
        FairConnectionPool connections =
            FairConnectionPool.open(Dialect.POSTGRESQL, settings, sharesSessions);
        Jdbi jdbi = NamedParameterParser.use(Jdbi.create(connections));
        if (sharesSessions) {
          Database.setClientTimeout(jdbi, settings.statementTimeout());
        }
        connections.measure(telemetry, FairConnectionPool.Metrics.STANDBY);
        pool = new Pool(connections, jdbi, sharesSessions);
      } catch (SQLException | PoolInitializationException failure) {
        throw new ConnectionException(failure);
      }
    }
    return pool;
  }

  /** A server that accepts connections may never answer. */
  private PoolSettings firstConnection() {
    return new PoolSettings(
        settings.url(),
        settings.maxConnections(),
        settings.acquireTimeout(),
        settings.connectTimeout(),
        settings.statementTimeout(),
        CHECK_TIMEOUT);
  }

  /** Closes the pool. */
  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.connections().close();
    }
  }
}
