package kassa.adapters.persistence.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Telemetry;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connection pool that serves threads in the order of their requests (FIFO). HikariCP alone lets
 * virtual threads overtake each other for seconds, so a fair semaphore guards it. One connection is
 * reserved for the health probe, which then works while requests use all others. Thread-safe.
 *
 * <p>HikariCP has no fair mode: its issue 2192 (2024, open) describes long waits of single threads.
 */
final class FairConnectionPool implements ConnectionFactory, AutoCloseable {

  /** Longer than the statement timeout, so every statement is finished or cancelled by then. */
  private static final int CLOSE_TIMEOUT_SECONDS = 15;

  private static final int PROBE_TIMEOUT_MILLIS = 500;

  /** Part of the time that a client waits for the health check. */
  private static final Duration MAX_CONNECT_WAIT = Duration.ofSeconds(3);

  private final HikariDataSource dataSource;
  private final int size;
  private final Semaphore permits;
  private final Semaphore probePermit = new Semaphore(1, true);
  private final long acquireTimeoutMillis;
  private volatile Measured measured = new Measured(Telemetry.none(), Metrics.PRIMARY);
  private volatile boolean closing;

  /** How a pool is measured, by the server of its connections. */
  enum Metrics {
    PRIMARY(
        Step.CONNECTION_WAIT,
        Counter.CONNECTION_TIMEOUTS,
        Gauge.CONNECTIONS_USED,
        Gauge.CONNECTIONS_IDLE,
        Gauge.CONNECTIONS_MAX,
        Gauge.CONNECTIONS_PENDING),
    STANDBY(
        Step.STANDBY_CONNECTION_WAIT,
        Counter.STANDBY_CONNECTION_TIMEOUTS,
        Gauge.STANDBY_CONNECTIONS_USED,
        Gauge.STANDBY_CONNECTIONS_IDLE,
        Gauge.STANDBY_CONNECTIONS_MAX,
        Gauge.STANDBY_CONNECTIONS_PENDING);

    private final Step wait;
    private final Counter timeouts;
    private final Gauge used;
    private final Gauge idle;
    private final Gauge max;
    private final Gauge pending;

    Metrics(Step wait, Counter timeouts, Gauge used, Gauge idle, Gauge max, Gauge pending) {
      this.wait = wait;
      this.timeouts = timeouts;
      this.used = used;
      this.idle = idle;
      this.max = max;
      this.pending = pending;
    }
  }

  /** Where and how this pool is measured. */
  private record Measured(Telemetry telemetry, Metrics metrics) {}

  /**
   * @param config the maximum size includes the connection for the health probe
   * @param acquireTimeout maximum wait of a request for its turn
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the first connection
   *     fails
   */
  FairConnectionPool(HikariConfig config, Duration acquireTimeout) {
    dataSource = new HikariDataSource(config);
    size = config.getMaximumPoolSize() - 1;
    permits = new Semaphore(size, true);
    acquireTimeoutMillis = acquireTimeout.toMillis();
  }

  /**
   * Opens the pool of a database.
   *
   * @param sharesSessions whether nothing may depend on the session of the server
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the first connection
   *     fails
   */
  static FairConnectionPool open(Dialect dialect, PoolSettings settings, boolean sharesSessions) {
    Duration connectWait =
        Collections.min(
            List.of(settings.acquireTimeout(), settings.connectTimeout(), MAX_CONNECT_WAIT));
    HikariConfig config = new HikariConfig();
    config.setPoolName("kassa-" + settings.maxConnections());
    String url = dialect.jdbcUrl(settings.url());
    switch (dialect) {
      case H2 -> config.setDataSource(new H2DataSource(url));
      case POSTGRESQL -> {
        config.setJdbcUrl(url);
        config.setDataSourceProperties(dialect.driverProperties(settings, sharesSessions));
      }
    }
    if (!sharesSessions) {
      config.setConnectionInitSql(dialect.connectionInitSql(settings.statementTimeout()));
    }
    config.setMaximumPoolSize(settings.maxConnections() + 1);
    config.setConnectionTimeout(connectWait.toMillis());
    config.setValidationTimeout(
        Math.min(connectWait.toMillis(), Database.PROBE_TIMEOUT.toMillis()));
    return new FairConnectionPool(config, settings.acquireTimeout());
  }

  @Override
  public Connection openConnection() throws SQLException {
    Telemetry telemetry = measured.telemetry();
    Metrics metrics = measured.metrics();
    try (StepTimer _ = telemetry.begin(metrics.wait)) {
      return open(permits, acquireTimeoutMillis);
    } catch (SQLTransientConnectionException unavailable) {
      telemetry.count(metrics.timeouts);
      throw unavailable;
    }
  }

  /** Measures the connections of requests from now on, without the one for the health probe. */
  void measure(Telemetry telemetry, Metrics metrics) {
    telemetry.register(metrics.used, this::used);
    telemetry.register(metrics.idle, this::idle);
    telemetry.register(metrics.max, () -> size);
    telemetry.register(metrics.pending, permits::getQueueLength);
    measured = new Measured(telemetry, metrics);
  }

  private int used() {
    return size - permits.availablePermits();
  }

  /** The connection for the health probe does not count. */
  private int idle() {
    return Math.min(dataSource.getHikariPoolMXBean().getIdleConnections(), size - used());
  }

  private Connection open(Semaphore semaphore, long timeoutMillis) throws SQLException {
    if (closing) {
      // The permits do not come back, so a wait would only delay the failure.
      throw new SQLTransientConnectionException("the connection pool is closed");
    }
    acquirePermit(semaphore, timeoutMillis);
    try {
      return dataSource.getConnection();
    } catch (SQLException | RuntimeException failure) {
      semaphore.release();
      throw failure;
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    close(connection, permits);
  }

  private static void close(Connection connection, Semaphore semaphore) throws SQLException {
    try {
      connection.close();
    } finally {
      semaphore.release();
    }
  }

  /** The connection that is reserved for the health probe; it is of the same pool. */
  ConnectionFactory forProbe() {
    return new ConnectionFactory() {

      @Override
      public Connection openConnection() throws SQLException {
        return open(probePermit, PROBE_TIMEOUT_MILLIS);
      }

      @Override
      public void closeConnection(Connection connection) throws SQLException {
        close(connection, probePermit);
      }
    };
  }

  /** Evicts all current connections: idle ones now, the others when they are returned. */
  void evictConnections() {
    dataSource.getHikariPoolMXBean().softEvictConnections();
  }

  /**
   * Hands out no more connections, and closes the pool when all are returned, or after 15 seconds.
   */
  @Override
  public void close() {
    if (dataSource.isClosed()) {
      return;
    }
    closing = true;
    try {
      // The permits stay acquired. HikariCP alone would abort running statements.
      var _ = permits.tryAcquire(size, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    dataSource.close();
  }

  private static void acquirePermit(Semaphore semaphore, long timeoutMillis) throws SQLException {
    try {
      if (!semaphore.tryAcquire(timeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException(
            "no connection became available before the timeout");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection");
    }
  }
}
