package kassa.adapters.persistence.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connection pool that serves threads in the order of their requests (FIFO). HikariCP alone lets
 * virtual threads overtake each other for seconds, so a fair semaphore guards it. Thread-safe.
 */
final class FairConnectionPool implements ConnectionFactory, AutoCloseable {

  /** Longer than the statement timeout, so every statement is finished or cancelled by then. */
  private static final int CLOSE_TIMEOUT_SECONDS = 15;

  private final HikariDataSource dataSource;
  private final int size;
  private final Semaphore permits;
  private final long acquireTimeoutMillis;

  /**
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if the first connection
   *     fails
   */
  FairConnectionPool(HikariConfig config) {
    dataSource = new HikariDataSource(config);
    size = config.getMaximumPoolSize();
    permits = new Semaphore(size, true);
    acquireTimeoutMillis = config.getConnectionTimeout();
  }

  @Override
  public Connection openConnection() throws SQLException {
    acquirePermit();
    try {
      return dataSource.getConnection();
    } catch (SQLException | RuntimeException failure) {
      permits.release();
      throw failure;
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try {
      connection.close();
    } finally {
      permits.release();
    }
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
    try {
      // The permits stay acquired. HikariCP alone would abort running statements.
      var _ = permits.tryAcquire(size, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    dataSource.close();
  }

  private void acquirePermit() throws SQLException {
    try {
      if (!permits.tryAcquire(acquireTimeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException(
            "no connection became available before the timeout");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection");
    }
  }
}
