package kassa.adapters.persistence.jdbc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import kassa.adapters.persistence.sql.NamedParameterParser;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Telemetry;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Entry point for SQL: connection pool, transactions and exception translation. Reads of lists and
 * reports can run on a standby. Thread-safe.
 */
public final class Database implements Queries, AutoCloseable {

  private static final int MAX_QUEUED_WRITES = 1_024;

  /** Orders in groups of 32 take a quarter less CPU time than in groups of 16. */
  private static final int MIN_CONCURRENT_WRITES = 64;

  /** Longer than a group takes, unless it waits for a lock or for the disk. */
  private static final Duration SLOW_WRITE = Duration.ofMillis(100);

  private static final int MAX_ROWS_PER_GROUP = 1_000;

  static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

  private static final Duration READ_ONLY_EVICTION_INTERVAL = Duration.ofSeconds(10);

  private final Dialect dialect;
  private final FairConnectionPool pool;
  private final @Nullable Standby standby;
  private final Jdbi jdbi;
  private final Jdbi probeJdbi;
  private final Duration acquireTimeout;
  private final Duration statementTimeout;
  private final TransactionExecutor transactions;
  private final boolean sharesSessions;
  private final Telemetry telemetry;
  private volatile @Nullable Runnable commitListener;
  private final OutageLog outageLog = new OutageLog(InstantSource.system());
  private final AtomicLong lastReadOnlyEviction =
      new AtomicLong(System.nanoTime() - READ_ONLY_EVICTION_INTERVAL.toNanos());

  private Database(
      Dialect dialect,
      FairConnectionPool pool,
      PoolSettings settings,
      boolean sharesSessions,
      @Nullable Standby standby,
      Telemetry telemetry) {
    this.dialect = dialect;
    this.pool = pool;
    this.standby = standby;
    this.telemetry = telemetry;
    this.acquireTimeout = settings.acquireTimeout();
    this.statementTimeout = settings.statementTimeout();
    this.transactions = dialect.transactionExecutor(acquireTimeout);
    this.sharesSessions = sharesSessions;
    this.jdbi = NamedParameterParser.use(Jdbi.create(pool));
    this.probeJdbi = NamedParameterParser.use(Jdbi.create(pool.forProbe()));
    if (sharesSessions) {
      // A timeout of the session would apply to the sessions of other programs.
      setClientTimeout(jdbi, statementTimeout);
    }
    if (dialect == Dialect.POSTGRESQL) {
      setClientTimeout(probeJdbi, PROBE_TIMEOUT);
    }
  }

  static void setClientTimeout(Configurable<?> target, Duration timeout) {
    target.getConfig(SqlStatements.class).setQueryTimeout((int) timeout.toSeconds());
  }

  /**
   * Opens the connection pool.
   *
   * @throws StoreUnavailableException if the database cannot be reached
   */
  public static Database open(Dialect dialect, PoolSettings settings) {
    return open(dialect, settings, null, Telemetry.none());
  }

  /**
   * Opens the connection pool, and that of a standby at its first use.
   *
   * @param standby is closed with the database; {@code null} for none
   * @throws StoreUnavailableException if the database cannot be reached
   */
  public static Database open(
      Dialect dialect, PoolSettings settings, @Nullable Standby standby, Telemetry telemetry) {
    try {
      boolean sharesSessions = dialect.sharesSessions(settings);
      FairConnectionPool pool = FairConnectionPool.open(dialect, settings, sharesSessions);
      pool.measure(telemetry, FairConnectionPool.Metrics.PRIMARY);
      return new Database(dialect, pool, settings, sharesSessions, standby, telemetry);
    } catch (PoolInitializationException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(failure);
    } catch (SQLException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(new ConnectionException(failure));
    }
  }

  /** The SQL dialect of this database. */
  public Dialect dialect() {
    return dialect;
  }

  /** Receives what is measured with this database. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** Limits of the group commit for this database. */
  public GroupCommit.Bounds groupCommitBounds() {
    return new GroupCommit.Bounds(
        dialect.maxConcurrentWriters(),
        MIN_CONCURRENT_WRITES,
        SLOW_WRITE,
        MAX_QUEUED_WRITES,
        acquireTimeout,
        MAX_ROWS_PER_GROUP);
  }

  /**
   * Runs work with a connection of the pool.
   *
   * @param purpose what the work does, as a verb phrase for messages: "find an order"
   * @throws StoreUnavailableException if the database is unavailable
   * @throws IllegalStateException if a statement fails for another reason
   */
  @Override
  public <T> T query(String purpose, Function<Handle, T> work) {
    return run(jdbi, purpose, work);
  }

  /**
   * Runs a query as {@link #readAll} does.
   *
   * @param purpose what the work does, as a verb phrase for messages: "list products"
   */
  public <T> T read(String purpose, Function<Handle, T> work) {
    return readAll(queries -> queries.query(purpose, work));
  }

  /**
   * Runs queries on the standby if it has everything that the primary has committed before this
   * call; otherwise, or if it fails, on the primary. See docs/decisions/0167.
   *
   * @param work has no effects besides its result, because it may run twice
   * @throws StoreUnavailableException if the database is unavailable
   * @throws IllegalStateException if a statement fails for another reason
   */
  public <T> T readAll(Function<Queries, T> work) {
    return standby == null
        ? work.apply(this)
        : standby.read(this, work).orElseGet(() -> work.apply(this));
  }

  /** Tries to use the standby, if there is one, so that the log says whether it is used. */
  public void useStandby() {
    var _ = standby == null ? null : standby.read(this, queries -> true);
  }

  private <T> T run(Jdbi connections, String purpose, Function<Handle, T> work) {
    try {
      T result = connections.withHandle(work::apply);
      outageLog.recordSuccess();
      return result;
    } catch (JdbiException failure) {
      throw record(evictIfUseless(SqlExceptionTranslator.translate(purpose, failure)));
    } catch (StoreUnavailableException failure) {
      throw record(evictIfUseless(failure));
    }
  }

  /**
   * Runs a short query for the health probe, with the connection that is reserved for it. Returns
   * or throws within a few seconds.
   *
   * @param purpose what the work does, as a verb phrase for messages
   * @throws StoreUnavailableException if the database is unavailable
   */
  public <T> T probe(String purpose, Function<Handle, T> work) {
    return run(
        probeJdbi,
        purpose,
        handle -> {
          if (dialect == Dialect.H2) {
            return work.apply(handle);
          }
          int socketTimeout = setSocketTimeout(handle, 2 * (int) PROBE_TIMEOUT.toMillis());
          try {
            return work.apply(handle);
          } finally {
            setSocketTimeout(handle, socketTimeout);
          }
        });
  }

  private RuntimeException record(RuntimeException failure) {
    if (failure instanceof StoreUnavailableException unavailable
        && SqlExceptionTranslator.isConnectionLost(failure)) {
      outageLog.recordFailure(unavailable);
    }
    return failure;
  }

  /**
   * If H2 has closed its database, only new connections open it again. If PostgreSQL became a
   * standby, new connections may find the primary, with several hosts in the URL.
   */
  private RuntimeException evictIfUseless(RuntimeException failure) {
    if (SqlExceptionTranslator.isDatabaseClosed(failure)
        || (SqlExceptionTranslator.isReadOnly(failure) && mayEvictAgain())) {
      pool.evictConnections();
    }
    return failure;
  }

  /** A database may stay read-only, and its connections still serve reads. */
  private boolean mayEvictAgain() {
    long now = System.nanoTime();
    long last = lastReadOnlyEviction.get();
    return now - last >= READ_ONLY_EVICTION_INTERVAL.toNanos()
        && lastReadOnlyEviction.compareAndSet(last, now);
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
    T result = query(purpose, handle -> transactions.inTransaction(handle, work));
    Runnable listener = commitListener;
    if (listener != null) {
      listener.run();
    }
    return result;
  }

  /**
   * Runs queries, and returns when everything that they saw is durable: on H2 a reader sees commits
   * that are not on the disk yet.
   *
   * @param purpose what the work does, as a verb phrase for messages: "read events"
   * @throws StoreUnavailableException if the database is unavailable
   * @throws IllegalStateException if a statement fails for another reason
   */
  public <T> T queryDurable(String purpose, Function<Handle, T> work) {
    return query(
        purpose,
        handle -> {
          T result = work.apply(handle);
          transactions.makeDurable(handle);
          return result;
        });
  }

  /**
   * Sets what runs after each transaction of {@link #inTransaction}, on its thread. It must not
   * wait.
   *
   * @param listener {@code null} for nothing
   */
  public void onCommit(@Nullable Runnable listener) {
    commitListener = listener;
  }

  /**
   * Checks that the file of an embedded database is still the one that was opened. Does nothing for
   * PostgreSQL.
   *
   * @throws StoreUnavailableException if the file was deleted or replaced
   */
  public void requireStorage() {
    query(
        "check the database file",
        handle -> {
          requireStorage(handle);
          return true;
        });
  }

  /**
   * Checks the file as {@link #requireStorage()} does.
   *
   * @throws StoreUnavailableException if the file was deleted or replaced
   */
  public void requireStorage(Handle handle) {
    if (dialect == Dialect.H2) {
      H2File.of(handle.getConnection()).requireInPlace();
    }
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
          int socketTimeout = setSocketTimeout(handle, 0);
          try {
            return sharesSessions ? inSharedSession(handle, work) : inOwnSession(handle, work);
          } finally {
            setSocketTimeout(handle, socketTimeout);
          }
        });
  }

  private <T> T inOwnSession(Handle handle, Function<Handle, T> work) {
    handle.execute(dialect.statementTimeoutSql(Duration.ZERO));
    try {
      return transactions.inTransaction(handle, work);
    } finally {
      handle.execute(dialect.statementTimeoutSql(statementTimeout));
    }
  }

  /** The server may have a timeout of its own, which must not apply to this transaction. */
  private <T> T inSharedSession(Handle handle, Function<Handle, T> work) {
    setClientTimeout(handle, Duration.ZERO);
    return transactions.inTransaction(
        handle,
        transaction -> {
          transaction.execute("set local statement_timeout = 0");
          return work.apply(transaction);
        });
  }

  /**
   * Sets the socket timeout of a connection.
   *
   * @param millis the timeout in milliseconds; 0 for none
   * @return the previous timeout in milliseconds
   */
  static int setSocketTimeout(Handle handle, int millis) {
    try {
      Connection connection = handle.getConnection();
      int before = connection.getNetworkTimeout();
      connection.setNetworkTimeout(Runnable::run, millis);
      return before;
    } catch (SQLException failure) {
      throw new ConnectionException(failure);
    }
  }

  /** Closes the pools. An embedded database shuts down with its last connection. */
  @Override
  public void close() {
    if (standby != null) {
      standby.close();
    }
    pool.close();
  }
}
