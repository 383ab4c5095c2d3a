package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.WalPosition;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a read-only query on a PostgreSQL standby. Not thread-safe.
 *
 * @param url a JDBC URL for administration
 * @param notices receives why the standby is not used
 */
record StandbyQuery(SqlConsole console, String url, Consumer<String> notices) {

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** Knows whether a part of the result was printed. */
  private static final class StartedSink implements ResultSink {

    private final ResultSink sink;
    private boolean started;

    StartedSink(ResultSink sink) {
      this.sink = sink;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
      started = true;
      sink.columns(columns);
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
      sink.row(values);
    }
  }

  /**
   * Runs a query.
   *
   * @return empty if the standby cannot be used; then the sink has received nothing
   * @throws DatabaseAdminException if the standby rejects the query, or it exceeds its timeout
   */
  Optional<QuerySummary> run(Connection primary, SqlQuery query, ResultSink sink)
      throws IOException {
    StartedSink output = new StartedSink(sink);
    try (Connection standby = connect()) {
      Optional<String> obstacle =
          WalPosition.current(Jdbi.open(primary)).awaitReplayed(Jdbi.open(standby), MAX_WAIT);
      if (obstacle.isEmpty()) {
        return Optional.of(console.query(Dialect.POSTGRESQL, standby, query, output));
      }
      notices.accept(obstacle.get());
    } catch (SQLException | JdbiException failure) {
      notices.accept(SqlExceptionTranslator.rootMessage(failure));
    } catch (DatabaseAdminException failure) {
      if (output.started || !SqlExceptionTranslator.isStandbyFailure(failure)) {
        throw failure;
      }
      notices.accept(SqlExceptionTranslator.rootMessage(failure));
    }
    return Optional.empty();
  }

  /** In one transaction a pooler uses one standby. */
  private Connection connect() throws SQLException {
    Properties timeouts = new Properties();
    timeouts.setProperty("connectTimeout", "2");
    timeouts.setProperty("loginTimeout", "5");
    Connection standby = DriverManager.getConnection(url, timeouts);
    try (Statement statement = standby.createStatement()) {
      standby.setAutoCommit(false);
      statement.execute("set transaction isolation level read committed");
      return standby;
    } catch (SQLException failure) {
      standby.close();
      throw failure;
    }
  }
}
