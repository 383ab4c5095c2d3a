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

/** A database that can be asked. May be used by any number of threads. */
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
   * Connects.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if that fails
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

  public Dialect dialect() {
    return dialect;
  }

  /** How much is written together. */
  public GroupCommit.Bounds groupCommitBounds() {
    return new GroupCommit.Bounds(
        dialect.maxConcurrentWriters(), MAX_QUEUED_WRITES, acquireTimeout, MAX_LINES_PER_GROUP);
  }

  /**
   * Asks.
   *
   * @param purpose what for, as a message says it: "find an order"
   * @throws kassa.application.port.out.StoreUnavailableException if there is no answer
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

  /** A database that has closed itself is opened again by connections that are new. */
  private RuntimeException evictIfClosed(RuntimeException failure) {
    if (SqlExceptionTranslator.isDatabaseClosed(failure)) {
      pool.evictConnections();
    }
    return failure;
  }

  /**
   * Does all of the work in one transaction, or nothing, and returns when it is durable. Work that
   * is to leave nothing behind throws, or rolls back and returns.
   *
   * @param purpose what for, as a message says it: "keep an order"
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   *     done
   */
  public <T> T inTransaction(String purpose, Function<Handle, T> work) {
    return query(purpose, handle -> transactions.inTransaction(handle, work));
  }

  /**
   * Changes as {@link #inTransaction} does, by statements that take as long as they take.
   *
   * @param purpose as above
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
   * Limits how long the database may say nothing, in milliseconds; 0 is no limit.
   *
   * @return what the limit was
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

  /** Closes every connection; with the last of them an embedded database is shut down. */
  @Override
  public void close() {
    pool.close();
  }
}
