package kassa.adapters.persistence;

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
final class FairPool implements ConnectionFactory, AutoCloseable {

  private final HikariDataSource connections;
  private final Semaphore permits;
  private final long longestWaitMillis;

  /**
   * @throws com.zaxxer.hikari.pool.HikariPool.PoolInitializationException if there is no connection
   */
  FairPool(HikariConfig config) {
    connections = new HikariDataSource(config);
    permits = new Semaphore(config.getMaximumPoolSize(), true);
    longestWaitMillis = config.getConnectionTimeout();
  }

  @Override
  public Connection openConnection() throws SQLException {
    acquirePermit();
    try {
      return connections.getConnection();
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
  void renew() {
    connections.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    connections.close();
  }

  private void acquirePermit() throws SQLException {
    try {
      if (!permits.tryAcquire(longestWaitMillis, TimeUnit.MILLISECONDS)) {
        throw new SQLTransientConnectionException("no connection became free in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted before a connection became free");
    }
  }
}
