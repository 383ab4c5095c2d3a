package kassa.adapters.persistence;

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
final class Database implements AutoCloseable {

  private static final int MOST_WAITING = 1_024;
  private static final int LINES_OF_A_GROUP = 1_000;

  private final Dialect dialect;
  private final FairPool pool;
  private final Jdbi jdbi;
  private final Duration longestWait;
  private final Duration longestStatement;
  private final Writes writes;

  private Database(Dialect dialect, FairPool pool, PoolSettings settings) {
    this.dialect = dialect;
    this.pool = pool;
    this.longestWait = settings.longestWait();
    this.longestStatement = settings.longestStatement();
    this.writes = dialect.writes(longestWait);
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Connects.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if that fails
   */
  static Database open(Dialect dialect, PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("kassa-" + settings.connections());
    config.setJdbcUrl(dialect.url(settings.url()));
    config.setDataSourceProperties(dialect.settings(settings));
    config.setConnectionInitSql(dialect.begin(settings.longestStatement()));
    config.setMaximumPoolSize(settings.connections());
    config.setConnectionTimeout(settings.longestWait().toMillis());
    config.setValidationTimeout(settings.longestWait().toMillis());
    try {
      return new Database(dialect, new FairPool(config), settings);
    } catch (PoolInitializationException failure) {
      throw Outages.whileOpening(failure);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  /** How much is written together. */
  GroupCommit.Bounds groups() {
    return new GroupCommit.Bounds(dialect.writers(), MOST_WAITING, longestWait, LINES_OF_A_GROUP);
  }

  /**
   * Asks.
   *
   * @param purpose what for, as a message says it: "find an order"
   * @throws kassa.application.port.out.StoreUnavailableException if there is no answer
   */
  <T> T ask(String purpose, Function<Handle, T> question) {
    try {
      return jdbi.withHandle(question::apply);
    } catch (JdbiException failure) {
      throw renewed(Outages.translate(purpose, failure));
    } catch (StoreUnavailableException failure) {
      throw renewed(failure);
    }
  }

  /** A database that has closed itself is opened again by connections that are new. */
  private RuntimeException renewed(RuntimeException failure) {
    if (Outages.isClosed(failure)) {
      pool.renew();
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
  <T> T change(String purpose, Function<Handle, T> work) {
    return ask(purpose, handle -> writes.transact(handle, work));
  }

  /**
   * Changes as {@link #change} does, by statements that take as long as they take.
   *
   * @param purpose as above
   */
  <T> T changeAtLeisure(String purpose, Function<Handle, T> work) {
    return ask(
        purpose,
        handle -> {
          handle.execute(dialect.limitStatements(Duration.ZERO));
          int silence = limitSilence(handle, 0);
          try {
            return writes.transact(handle, work);
          } finally {
            limitSilence(handle, silence);
            handle.execute(dialect.limitStatements(longestStatement));
          }
        });
  }

  /**
   * Limits how long the database may say nothing, in milliseconds; 0 is no limit.
   *
   * @return what the limit was
   */
  private static int limitSilence(Handle handle, int millis) {
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
