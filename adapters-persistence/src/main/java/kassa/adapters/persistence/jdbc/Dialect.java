package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** SQL dialect: the differences between H2 and PostgreSQL. */
public enum Dialect {

  /** H2, embedded in this process, in a file. */
  H2("jdbc:h2:", "classpath:META-INF/db/h2") {

    // Two letters or more, because one letter is a Windows drive.
    private static final Pattern NOT_A_FILE =
        Pattern.compile("(?!file:)\\p{Alpha}{2,}:.*|.*;AUTO_SERVER=.*", Pattern.CASE_INSENSITIVE);

    @Override
    public String jdbcUrl(String configured) {
      String path = configured.substring(urlPrefix().length());
      if (NOT_A_FILE.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "an H2 database must be a file that only this process opens");
      }
      // Without "retry", H2 closes its file permanently if a thread is interrupted while it reads.
      String url = urlPrefix() + "retry:" + path.replaceFirst("^file:", "");
      // The shutdown hook of H2 would close the database during graceful shutdown.
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
      // H2 sorts text by UTF-16 code units.
      return "\uFFFF";
    }

    private static String withDefault(String url, String name, String value) {
      return Pattern.compile(";" + name + "=", Pattern.CASE_INSENSITIVE).matcher(url).find()
          ? url
          : url + ";" + name + "=" + value;
    }
  },

  /** PostgreSQL 14 or later, and databases with its protocol. */
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
      // PostgreSQL overestimates the cost of these statements, and compiling them takes longer than
      // running them.
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
      // The column order_lines.sku is sorted by UTF-8 bytes.
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
   * The dialect of a JDBC URL.
   *
   * @throws IllegalArgumentException if the URL is neither of H2 nor of PostgreSQL
   */
  public static Dialect of(String url) {
    for (Dialect dialect : values()) {
      if (url.startsWith(dialect.urlPrefix)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "the database URL must start with jdbc:h2: or jdbc:postgresql:");
  }

  String urlPrefix() {
    return urlPrefix;
  }

  /** Flyway location of the migrations that exist only for this dialect. */
  public String migrationLocation() {
    return migrationLocation;
  }

  /**
   * The JDBC URL to connect to, derived from the configured one.
   *
   * @throws IllegalArgumentException if the URL names an H2 database that is not a local file
   */
  public abstract String jdbcUrl(String configured);

  /** Driver settings besides the URL. */
  abstract Properties driverProperties(PoolSettings pool);

  /** SQL that sets the statement timeout of a connection; zero for none. */
  abstract String statementTimeoutSql(Duration timeout);

  /** SQL that initializes a new connection. */
  String connectionInitSql(Duration statementTimeout) {
    return statementTimeoutSql(statementTimeout);
  }

  /** Values of the placeholders in the common migrations. */
  public abstract Map<String, String> migrationPlaceholders();

  /** Index hint after a table name; needed because H2 chooses indexes badly. */
  public abstract String indexHint(String index);

  /** The character that sorts after every character of a sku; upper bound of prefix searches. */
  public abstract String maxCharacter();

  /** Number of concurrent writers of the group commit that gives the best throughput. */
  abstract int maxConcurrentWriters();

  /**
   * Creates the executor of write transactions, which makes their commits durable.
   *
   * @param lockTimeout maximum wait for other write transactions
   */
  abstract TransactionExecutor transactionExecutor(Duration lockTimeout);
}
