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
 * A pool of connections that serves in the order of asking. HikariCP alone lets virtual threads
 * overtake each other for seconds; the semaphore before it does not.
 */
final class FairConnectionPool implements ConnectionFactory, AutoCloseable {

  /** Nothing takes longer: a statement is given up before. */
  private static final int CLOSE_TIMEOUT_SECONDS = 15;

  private final HikariDataSource dataSource;
  private final int size;
  private final Semaphore permits;
  private final long acquireTimeoutMillis;

  /**
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if there is no connection
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

  /** Lets no connection be used again that there is now. */
  void evictConnections() {
    dataSource.getHikariPoolMXBean().softEvictConnections();
  }

  /** Hands out no connection any more, and closes them when all are back, or after some time. */
  @Override
  public void close() {
    if (dataSource.isClosed()) {
      return;
    }
    try {
      // The permits stay taken. HikariCP alone would break off what is under way.
      var _ = permits.tryAcquire(size, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    dataSource.close();
  }

  private void acquirePermit() throws SQLException {
    try {
      if (!permits.tryAcquire(acquireTimeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException("no connection became free in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted before a connection became free");
    }
  }
}
