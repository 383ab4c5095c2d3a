package kassa.adapters.persistence.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * Detects a connection pooler between this process and PostgreSQL, such as PgBouncer. In its
 * transaction mode each transaction may run in another session of the server, so nothing may depend
 * on the session: no server-side prepared statements, and no {@code set} outside a transaction. See
 * docs/decisions/0016.
 */
final class PostgresPooler {

  private PostgresPooler() {}

  /**
   * Connects once and detects a pooler: the process id of the session differs from the one that the
   * connection announced, because poolers announce one of their own. A URL with {@code
   * prepareThreshold=0} also counts as one, for poolers that announce the id of the server.
   *
   * @param url a JDBC URL
   * @throws SQLException if the database cannot be reached
   */
  static boolean isBetween(String url, Properties driverProperties) throws SQLException {
    if (url.matches(".*[?&]prepareThreshold=0(&.*)?")) {
      return true;
    }
    try (Connection connection = DriverManager.getConnection(url, driverProperties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select pg_catalog.pg_backend_pid()")) {
      return !result.next()
          || result.getInt(1) != connection.unwrap(PGConnection.class).getBackendPID();
    }
  }
}
