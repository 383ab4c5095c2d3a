package kassa.adapters.persistence.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import kassa.application.port.out.StoreUnavailableException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Entry point for SQL: connection pool, transactions and exception translation. Thread-safe. */
public final class Database implements AutoCloseable {

  private static final int MAX_QUEUED_WRITES = 1_024;
  private static final int MAX_LINES_PER_GROUP = 1_000;

  private final Dialect dialect;
  private final FairConnectionPool pool;
  private final Jdbi jdbi;
  private final Duration acquireTimeout;
  private final Duration statementTimeout;
  private final TransactionExecutor transactions;

  private Database(Dialect dialect, FairConnectionPool pool, PoolSettings settings) {
    this.dialect = dialect;
    this.pool = pool;
    this.acquireTimeout = settings.acquireTimeout();
    this.statementTimeout = settings.statementTimeout();
    this.transactions = dialect.transactionExecutor(acquireTimeout);
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Opens the connection pool.
   *
   * @throws StoreUnavailableException if the database cannot be reached
   */
  public static Database open(Dialect dialect, PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("kassa-" + settings.maxConnections());
    config.setJdbcUrl(dialect.jdbcUrl(settings.url()));
    config.setDataSourceProperties(dialect.driverProperties(settings));
    config.setConnectionInitSql(dialect.connectionInitSql(settings.statementTimeout()));
    config.setMaximumPoolSize(settings.maxConnections());
    config.setConnectionTimeout(settings.acquireTimeout().toMillis());
    config.setValidationTimeout(settings.acquireTimeout().toMillis());
    try {
      return new Database(dialect, new FairConnectionPool(config), settings);
    } catch (PoolInitializationException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(failure);
    }
  }

  /** The SQL dialect of this database. */
  public Dialect dialect() {
    return dialect;
  }

  /** Limits of the group commit for this database. */
  public GroupCommit.Bounds groupCommitBounds() {
    return new GroupCommit.Bounds(
        dialect.maxConcurrentWriters(), MAX_QUEUED_WRITES, acquireTimeout, MAX_LINES_PER_GROUP);
  }

  /**
   * Runs work with a connection of the pool.
   *
   * @param purpose what the work does, as a verb phrase for messages: "find an order"
   * @throws StoreUnavailableException if the database is unavailable
   * @throws IllegalStateException if a statement fails for another reason
   */
  public <T> T query(String purpose, Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException failure) {
      throw evictIfClosed(SqlExceptionTranslator.translate(purpose, failure));
    } catch (StoreUnavailableException failure) {
      throw evictIfClosed(failure);
    }
  }

  /** If H2 has closed its database, only new connections open it again. */
  private RuntimeException evictIfClosed(RuntimeException failure) {
    if (SqlExceptionTranslator.isDatabaseClosed(failure)) {
      pool.evictConnections();
    }
    return failure;
  }

  /**
   * Runs work in one transaction and returns after a durable commit. The work rolls back if it
   * throws, or if it calls {@link Handle#rollback} and returns.
   *
   * @param purpose what the work does, as a verb phrase for messages: "insert orders"
   * @throws StoreUnavailableException if the database is unavailable; the outcome of the commit is
   *     unknown then
   * @throws IllegalStateException if a statement fails for another reason
   */
  public <T> T inTransaction(String purpose, Function<Handle, T> work) {
    return query(purpose, handle -> transactions.inTransaction(handle, work));
  }

  /**
   * Runs work as {@link #inTransaction} does, without statement and socket timeouts.
   *
   * @param purpose what the work does, as a verb phrase for messages
   */
  public <T> T inTransactionWithoutTimeout(String purpose, Function<Handle, T> work) {
    return query(
        purpose,
        handle -> {
          handle.execute(dialect.statementTimeoutSql(Duration.ZERO));
          int socketTimeout = setSocketTimeout(handle, 0);
          try {
            return transactions.inTransaction(handle, work);
          } finally {
            setSocketTimeout(handle, socketTimeout);
            handle.execute(dialect.statementTimeoutSql(statementTimeout));
          }
        });
  }

  /**
   * Sets the socket timeout of a connection.
   *
   * @param millis the timeout in milliseconds; 0 for none
   * @return the previous timeout in milliseconds
   */
  private static int setSocketTimeout(Handle handle, int millis) {
    try {
      Connection connection = handle.getConnection();
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      return before;
    } catch (SQLException failure) {
      throw new ConnectionException(failure);
    }
  }

  /** Closes the pool. An embedded database shuts down with its last connection. */
  @Override
  public void close() {
    pool.close();
  }
}
