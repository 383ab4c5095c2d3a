package kassa.adapters.persistence;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import kassa.adapters.persistence.Persistence.Question;

/** What the two databases do differently. */
enum Dialect {

  /** H2, embedded, in a file. */
  H2("jdbc:h2:", "classpath:META-INF/db/h2") {

    // Two letters at least, for one letter is a Windows drive.
    private static final Pattern NOT_A_FILE =
        Pattern.compile("(?!file:)\\p{Alpha}{2,}:.*|.*;AUTO_SERVER=.*", Pattern.CASE_INSENSITIVE);

    @Override
    String url(String configured) {
      String path = configured.substring(prefix().length());
      if (NOT_A_FILE.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "an H2 database must be a file that only this process opens");
      }
      // H2 closes a file for good when a thread is interrupted while it reads; "retry" opens it
      // again.
      String url = prefix() + "retry:" + path.replaceFirst("^file:", "");
      // The shutdown hook of H2 would take the database from requests that are still being served.
      return withDefault(withDefault(url, "DB_CLOSE_ON_EXIT", "FALSE"), "USER", "sa");
    }

    @Override
    Properties settings(PoolSettings pool) {
      return new Properties();
    }

    @Override
    String limitStatements(Duration longest) {
      return "set query_timeout " + longest.toMillis();
    }

    @Override
    int writers() {
      return 1;
    }

    @Override
    Writes writes(Duration longestWait) {
      return new H2Writes(longestWait);
    }

    @Override
    Map<String, String> words() {
      return Map.of("stored", "", "bytewise", "set data type varchar");
    }

    @Override
    String byIndex(String index) {
      return " use index (" + index + ")";
    }

    @Override
    String greatestCharacter() {
      // Text is sorted by UTF-16.
      return "\uFFFF";
    }

    @Override
    String readersUrl(String configured) {
      return H2Reader.url(url(configured));
    }

    @Override
    void answer(Statement statement, Question question, SqlAnswers.Rows rows)
        throws SQLException, IOException {
      H2Reader.answer(statement, question, rows);
    }

    private static String withDefault(String url, String name, String value) {
      return Pattern.compile(";" + name + "=", Pattern.CASE_INSENSITIVE).matcher(url).find()
          ? url
          : url + ";" + name + "=" + value;
    }
  },

  /** PostgreSQL 14 or later, and what speaks its protocol. */
  POSTGRESQL("jdbc:postgresql:", "classpath:META-INF/db/postgresql") {

    @Override
    String url(String configured) {
      return configured;
    }

    @Override
    Properties settings(PoolSettings pool) {
      Properties settings = new Properties();
      settings.setProperty("ApplicationName", "kassa");
      settings.setProperty("reWriteBatchedInserts", "true");
      settings.setProperty("tcpKeepAlive", "true");
      settings.setProperty("connectTimeout", Long.toString(pool.longestConnect().toSeconds()));
      settings.setProperty("socketTimeout", Long.toString(pool.longestSilence().toSeconds()));
      return settings;
    }

    @Override
    String limitStatements(Duration longest) {
      return "set statement_timeout = " + longest.toMillis();
    }

    @Override
    String begin(Duration longestStatement) {
      // Statements here take less time than it takes to compile them, and are thought dearer than
      // they are.
      return "set jit = off; " + limitStatements(longestStatement);
    }

    @Override
    int writers() {
      return 2;
    }

    @Override
    Writes writes(Duration longestWait) {
      return new PlainWrites();
    }

    @Override
    Map<String, String> words() {
      return Map.of("stored", "stored", "bytewise", "type varchar collate \"C\"");
    }

    @Override
    String byIndex(String index) {
      return "";
    }

    @Override
    String greatestCharacter() {
      // Skus are sorted by the bytes of UTF-8.
      return Character.toString(Character.MAX_CODE_POINT);
    }

    @Override
    String readersUrl(String configured) {
      return url(configured);
    }

    @Override
    void answer(Statement statement, Question question, SqlAnswers.Rows rows)
        throws SQLException, IOException {
      PostgresReader.answer(statement, question, rows);
    }
  };

  private final String prefix;
  private final String migrations;

  Dialect(String prefix, String migrations) {
    this.prefix = prefix;
    this.migrations = migrations;
  }

  /**
   * The dialect of the database at this url.
   *
   * @throws IllegalArgumentException if it is neither of them
   */
  static Dialect of(String url) {
    for (Dialect dialect : values()) {
      if (url.startsWith(dialect.prefix)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "the database's url must begin with jdbc:h2: or jdbc:postgresql:");
  }

  String prefix() {
    return prefix;
  }

  /** Where the migrations are that only this database takes. */
  String migrations() {
    return migrations;
  }

  /**
   * The url to connect to.
   *
   * @throws IllegalArgumentException if no database of this dialect can be kept at that url
   */
  abstract String url(String configured);

  /** What the driver is told besides the url. */
  abstract Properties settings(PoolSettings pool);

  /** The statement that limits how long the statements after it may take; zero is no limit. */
  abstract String limitStatements(Duration longest);

  /** What a new connection is told before all else. */
  String begin(Duration longestStatement) {
    return limitStatements(longestStatement);
  }

  /** What migrations say differently, by the names of their placeholders. */
  abstract Map<String, String> words();

  /** What stands behind a table that is to be read by an index; H2 guesses badly. */
  abstract String byIndex(String index);

  /** No character of a sku is sorted behind this one. */
  abstract String greatestCharacter();

  /** How many groups are best written at the same time. */
  abstract int writers();

  /**
   * How a database is written, so that what was committed survives the end of the process.
   *
   * @param longestWait for others who write
   */
  abstract Writes writes(Duration longestWait);

  /** The url to connect to for those who only ask; nothing is made there. */
  abstract String readersUrl(String configured);

  /** Answers a question on a connection to {@link #readersUrl}, and changes nothing. */
  abstract void answer(Statement statement, Question question, SqlAnswers.Rows rows)
      throws SQLException, IOException;
}
