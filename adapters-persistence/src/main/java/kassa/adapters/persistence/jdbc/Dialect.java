package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** What the two databases do differently. */
public enum Dialect {

  /** H2, embedded, in a file. */
  H2("jdbc:h2:", "classpath:META-INF/db/h2") {

    // Two letters at least, for one letter is a Windows drive.
    private static final Pattern NOT_A_FILE =
        Pattern.compile("(?!file:)\\p{Alpha}{2,}:.*|.*;AUTO_SERVER=.*", Pattern.CASE_INSENSITIVE);

    @Override
    public String jdbcUrl(String configured) {
      String path = configured.substring(urlPrefix().length());
      if (NOT_A_FILE.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "an H2 database must be a file that only this process opens");
      }
      // H2 closes a file for good when a thread is interrupted while it reads; "retry" opens it
      // again.
      String url = urlPrefix() + "retry:" + path.replaceFirst("^file:", "");
      // The shutdown hook of H2 would take the database from requests that are still being served.
      return withDefault(withDefault(url, "DB_CLOSE_ON_EXIT", "FALSE"), "USER", "sa");
    }

    @Override
    Properties driverProperties(PoolSettings pool) {
      return new Properties();
    }

    @Override
    String statementTimeoutSql(Duration timeout) {
      return "set query_timeout " + timeout.toMillis();
    }

    @Override
    int maxConcurrentWriters() {
      return 1;
    }

    @Override
    TransactionExecutor transactionExecutor(Duration lockTimeout) {
      return new H2TransactionExecutor(lockTimeout);
    }

    @Override
    public Map<String, String> migrationPlaceholders() {
      return Map.of("stored", "", "collate_bytewise", "");
    }

    @Override
    public String indexHint(String index) {
      return " use index (" + index + ")";
    }

    @Override
    public String maxCharacter() {
      // Text is sorted by UTF-16.
      return "\uFFFF";
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
    public String jdbcUrl(String configured) {
      return configured;
    }

    @Override
    Properties driverProperties(PoolSettings pool) {
      Properties settings = new Properties();
      settings.setProperty("ApplicationName", "kassa");
      settings.setProperty("reWriteBatchedInserts", "true");
      settings.setProperty("tcpKeepAlive", "true");
      settings.setProperty("connectTimeout", Long.toString(pool.connectTimeout().toSeconds()));
      settings.setProperty("socketTimeout", Long.toString(pool.socketTimeout().toSeconds()));
      return settings;
    }

    @Override
    String statementTimeoutSql(Duration timeout) {
      return "set statement_timeout = " + timeout.toMillis();
    }

    @Override
    String connectionInitSql(Duration statementTimeout) {
      // Statements here take less time than it takes to compile them, and are thought dearer than
      // they are.
      return "set jit = off; " + statementTimeoutSql(statementTimeout);
    }

    @Override
    int maxConcurrentWriters() {
      return 2;
    }

    @Override
    TransactionExecutor transactionExecutor(Duration lockTimeout) {
      return new DirectTransactionExecutor();
    }

    @Override
    public Map<String, String> migrationPlaceholders() {
      return Map.of("stored", "stored", "collate_bytewise", " collate \"C\"");
    }

    @Override
    public String indexHint(String index) {
      return "";
    }

    @Override
    public String maxCharacter() {
      // Skus are sorted by the bytes of UTF-8.
      return Character.toString(Character.MAX_CODE_POINT);
    }
  };

  private final String urlPrefix;
  private final String migrationLocation;

  Dialect(String prefix, String migrations) {
    this.urlPrefix = prefix;
    this.migrationLocation = migrations;
  }

  /**
   * The dialect of the database at this url.
   *
   * @throws IllegalArgumentException if it is neither of them
   */
  public static Dialect of(String url) {
    for (Dialect dialect : values()) {
      if (url.startsWith(dialect.urlPrefix)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "the database's url must begin with jdbc:h2: or jdbc:postgresql:");
  }

  String urlPrefix() {
    return urlPrefix;
  }

  /** Where the migrations are that only this database takes. */
  public String migrationLocation() {
    return migrationLocation;
  }

  /**
   * The url to connect to.
   *
   * @throws IllegalArgumentException if no database of this dialect can be kept at that url
   */
  public abstract String jdbcUrl(String configured);

  /** What the driver is told besides the url. */
  abstract Properties driverProperties(PoolSettings pool);

  /** The statement that limits how long the statements after it may take; zero is no limit. */
  abstract String statementTimeoutSql(Duration timeout);

  /** What a new connection is told before all else. */
  String connectionInitSql(Duration statementTimeout) {
    return statementTimeoutSql(statementTimeout);
  }

  /** What migrations say differently, by the names of their placeholders. */
  public abstract Map<String, String> migrationPlaceholders();

  /** What stands behind a table that is to be read by an index; H2 guesses badly. */
  public abstract String indexHint(String index);

  /** No character of a sku is sorted behind this one. */
  public abstract String maxCharacter();

  /** How many groups are best written at the same time. */
  abstract int maxConcurrentWriters();

  /**
   * How a database is written, so that what was committed survives the end of the process.
   *
   * @param lockTimeout for others who write
   */
  abstract TransactionExecutor transactionExecutor(Duration lockTimeout);
}
