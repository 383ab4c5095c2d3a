package kassa.adapters.persistence.jdbc;

import java.sql.SQLException;
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
      // H2 would write rejected statements to a file that all users can read.
      String withoutTrace = withDefault(url, "TRACE_LEVEL_FILE", "0");
      // The shutdown hook of H2 would close the database during graceful shutdown.
      return withDefault(withDefault(withoutTrace, "DB_CLOSE_ON_EXIT", "FALSE"), "USER", "sa");
    }

    @Override
    Properties driverProperties(PoolSettings pool, boolean sharesSessions) {
      return new Properties();
    }

    @Override
    String statementTimeoutSql(Duration timeout) {
      return "set query_timeout " + timeout.toMillis();
    }

    @Override
    public String readOnlySql() {
      return "select readonly()";
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
      // H2 copies a table for each "alter table", so one statement adds all columns.
      return Map.of(
          "stored",
          "",
          "collate_bytewise",
          "",
          "add",
          "add (",
          "and",
          ",",
          "end_add",
          ")",
          "order_public_id",
          H2PublicId.expression("ord", "o.id"),
          "rule_public_id",
          H2PublicId.expression("rul", "r.id"),
          "discount_rule_public_id",
          H2PublicId.expression("rul", "d.rule_id"),
          "event_public_id",
          H2PublicId.expression("evt", "e.event_id"));
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
    boolean accepts(String url) {
      return PostgresUrl.matches(url);
    }

    @Override
    public String jdbcUrl(String configured) {
      return PostgresUrl.toJdbcUrl(configured);
    }

    @Override
    Properties driverProperties(PoolSettings pool, boolean sharesSessions) {
      Properties settings = new Properties();
      settings.setProperty("ApplicationName", "kassa");
      settings.setProperty("reWriteBatchedInserts", "true");
      settings.setProperty("tcpKeepAlive", "true");
      settings.setProperty("connectTimeout", Long.toString(pool.connectTimeout().toSeconds()));
      settings.setProperty("socketTimeout", Long.toString(pool.socketTimeout().toSeconds()));
      if (sharesSessions) {
        settings.setProperty("prepareThreshold", "0");
      }
      return settings;
    }

    @Override
    public String adminUrl(String configured) {
      String url = jdbcUrl(configured);
      return url.contains("prepareThreshold=")
          ? url
          : url + (url.contains("?") ? "&" : "?") + "prepareThreshold=0";
    }

    @Override
    boolean sharesSessions(PoolSettings pool) throws SQLException {
      return PostgresPooler.isBetween(jdbcUrl(pool.url()), driverProperties(pool, true));
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
    public String readOnlySql() {
      // Also true for a standby.
      return "select current_setting('transaction_read_only')::boolean";
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
      return Map.of(
          "stored",
          "stored",
          "collate_bytewise",
          " collate \"C\"",
          "add",
          "add column",
          "and",
          ", add column",
          "end_add",
          "",
          "order_public_id",
          "public_id('ord', o.id)",
          "rule_public_id",
          "public_id('rul', r.id)",
          "discount_rule_public_id",
          "public_id('rul', d.rule_id)");
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
   * The dialect of a configured URL.
   *
   * @throws IllegalArgumentException if the URL is neither of H2 nor of PostgreSQL
   */
  public static Dialect of(String url) {
    for (Dialect dialect : values()) {
      if (dialect.accepts(url)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "must start with postgresql://, jdbc:postgresql: or jdbc:h2:");
  }

  String urlPrefix() {
    return urlPrefix;
  }

  /** Whether a URL is one of this database. */
  boolean accepts(String url) {
    return url.startsWith(urlPrefix);
  }

  /** Flyway location of the migrations that exist only for this dialect. */
  public String migrationLocation() {
    return migrationLocation;
  }

  /**
   * The JDBC URL to connect to, derived from the configured one.
   *
   * @throws IllegalArgumentException if the URL is malformed, or names an H2 database that is not a
   *     local file; the message contains no part of the URL
   */
  public abstract String jdbcUrl(String configured);

  /**
   * The JDBC URL for migrations and administration, which run each statement once: on PostgreSQL
   * without server-side prepared statements, which a pooler may not support.
   *
   * @throws IllegalArgumentException as {@link #jdbcUrl} does
   */
  public String adminUrl(String configured) {
    return jdbcUrl(configured);
  }

  /**
   * Whether a pooler shares the sessions of the server between connections.
   *
   * @throws SQLException if the database cannot be reached
   */
  boolean sharesSessions(PoolSettings pool) throws SQLException {
    return false;
  }

  /**
   * Driver settings besides the URL.
   *
   * @param sharesSessions whether nothing may depend on the session of the server
   */
  abstract Properties driverProperties(PoolSettings pool, boolean sharesSessions);

  /** SQL that sets the statement timeout of a connection; zero for none. */
  abstract String statementTimeoutSql(Duration timeout);

  /** SQL that initializes a new connection. */
  String connectionInitSql(Duration statementTimeout) {
    return statementTimeoutSql(statementTimeout);
  }

  /** Query for whether the database accepts only reads. */
  public abstract String readOnlySql();

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
