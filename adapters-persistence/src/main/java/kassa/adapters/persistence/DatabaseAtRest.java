package kassa.adapters.persistence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.persistence.Persistence.Answer;
import kassa.adapters.persistence.Persistence.Answered;
import kassa.adapters.persistence.Persistence.Question;
import kassa.adapters.persistence.Persistence.RefusedException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A database as its administrator sees it, whether or not this process serves it as well. */
final class DatabaseAtRest {

  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:retry:)?(?:file:)?([^;]+).*", Pattern.CASE_INSENSITIVE);

  private final Dialect dialect;
  private final String url;

  DatabaseAtRest(String url) {
    this.dialect = Dialect.of(url);
    // Refuses what is no file.
    var _ = dialect.url(url);
    this.url = url;
  }

  /** The file of an embedded database, without its ending. */
  Optional<Path> file() {
    Matcher matcher = H2_FILE.matcher(url);
    return dialect == Dialect.H2 && matcher.matches()
        ? Optional.of(Path.of(matcher.group(1)).toAbsolutePath().normalize())
        : Optional.empty();
  }

  void requireThere() {
    Path base = file().orElse(null);
    if (base != null && !Files.exists(Path.of(base + ".mv.db"))) {
      throw new RefusedException("there is no database at " + base + ".mv.db");
    }
  }

  Answered ask(SqlAnswers answers, Question question, Answer answer) throws IOException {
    // Held open, for H2 would otherwise close the file and open it again in between.
    try (Connection _ = known();
        Connection reader = connect(dialect.readersUrl(url))) {
      return answers.ask(dialect, reader, question, answer);
    } catch (SQLException refused) {
      throw Outages.whileOpening(new IllegalStateException(refused));
    }
  }

  long backup(Path file, boolean overwrite) {
    requireFile();
    try (Connection admin = known()) {
      return H2Backup.backup(admin, file.toAbsolutePath(), overwrite);
    } catch (SQLException refused) {
      throw Outages.whileOpening(new IllegalStateException(refused));
    }
  }

  void restore(Path backup, boolean overwrite) {
    H2Backup.restore(backup.toAbsolutePath(), requireFile(), overwrite);
  }

  private Path requireFile() {
    return file()
        .orElseThrow(() ->
            new RefusedException(
                "PostgreSQL is backed up and restored by its own tools: pg_dump and pg_restore"));
  }

  /** A connection to a database that is there and has the schema of this version. */
  private Connection known() throws SQLException {
    requireThere();
    Connection connection = connect(dialect.url(url));
    String version = version(connection);
    if (!version.equals(SchemaVersion.NEEDED)) {
      connection.close();
      throw new RefusedException(
          "the database has schema "
              + version
              + ", and this version needs "
              + SchemaVersion.NEEDED
              + "; start the server once");
    }
    return connection;
  }

  private static String version(Connection connection) {
    // Not closed: that would close the connection.
    Handle handle = Jdbi.open(connection);
    return SchemaVersion.of(handle);
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url);
  }
}
