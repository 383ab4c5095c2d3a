package kassa.adapters.persistence;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.admin.DatabaseAdminException;
import kassa.adapters.persistence.admin.QuerySummary;
import kassa.adapters.persistence.admin.ResultSink;
import kassa.adapters.persistence.admin.SqlQuery;
import kassa.adapters.persistence.catalogue.JdbiProductStore;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.identity.JdbiApiKeyStore;
import kassa.adapters.persistence.identity.JdbiAuditLog;
import kassa.adapters.persistence.identity.JdbiFailedAttemptStore;
import kassa.adapters.persistence.identity.JdbiRateLimitStore;
import kassa.adapters.persistence.identity.JdbiSessionStore;
import kassa.adapters.persistence.identity.JdbiUserStore;
import kassa.adapters.persistence.identity.TokenCache;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.PoolSettings;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.report.JdbiSalesLedger;
import kassa.adapters.persistence.rule.JdbiCodeStore;
import kassa.adapters.persistence.rule.JdbiRuleStore;
import kassa.adapters.persistence.schema.DeferredIndexes;
import kassa.adapters.persistence.schema.JdbiStoreProbe;
import kassa.adapters.persistence.schema.Migrations;
import kassa.adapters.persistence.schema.SharedKeys;
import kassa.adapters.persistence.usage.JdbiUsageStore;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.AuditLog;
import kassa.application.port.out.identity.FailedAttemptStore;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.rule.CodeStore;
import kassa.application.port.out.rule.RuleStore;
import kassa.application.port.out.rule.UsageStore;
import kassa.application.port.out.service.StoreProbe;

/** A database and all that Kassa keeps in it. May be used by any number of threads. */
public final class Persistence implements AutoCloseable {

  private final Database database;
  private final Database probeDatabase;
  private final byte[] cursorKey;
  private final OrderStore orders;
  private final IdempotencyStore idempotencyStore;
  private final SalesLedger sales;
  private final StoreProbe probe;
  private final ProductStore products;
  private final RuleStore rules;
  private final CodeStore codes;
  private final UsageStore usage;
  private final UserStore users;
  private final SessionStore sessions;
  private final ApiKeyStore apiKeys;
  private final FailedAttemptStore failedAttempts;
  private final RateLimitStore rateLimits;
  private final AuditLog auditLog;
  private final DatabaseAdmin admin;

  private Persistence(String url, Database database, Database probeDatabase, byte[] cursorKey) {
    admin = new DatabaseAdmin(url);
    this.database = database;
    this.probeDatabase = probeDatabase;
    this.cursorKey = cursorKey;
    orders = new JdbiOrderStore(database);
    idempotencyStore = new JdbiIdempotencyStore(database);
    sales = new JdbiSalesLedger(database);
    probe = new JdbiStoreProbe(probeDatabase);
    products = new JdbiProductStore(database);
    rules = new JdbiRuleStore(database);
    codes = new JdbiCodeStore(database);
    usage = new JdbiUsageStore(database);
    TokenCache<SessionStore.ActiveSession> sessionCache = new TokenCache<>(Ticker.systemTicker());
    users = new JdbiUserStore(database, sessionCache);
    sessions = new JdbiSessionStore(database, sessionCache);
    apiKeys = new JdbiApiKeyStore(database, new TokenCache<>(Ticker.systemTicker()));
    failedAttempts = new JdbiFailedAttemptStore(database);
    rateLimits = new JdbiRateLimitStore(database);
    auditLog = new JdbiAuditLog(database);
  }

  /**
   * Brings the schema up to date and opens the store.
   *
   * @throws StoreUnavailableException if the database cannot be reached, or if its file is in use
   *     by another process; the message says which, in a sentence without secrets
   * @throws IllegalArgumentException if the url is of another kind than {@link PersistenceConfig}
   *     names
   * @throws IllegalStateException if the schema is newer than this version knows
   */
  public static Persistence open(PersistenceConfig config) {
    Dialect dialect = Dialect.of(config.url());
    Database database =
        Database.open(dialect, PoolSettings.forRequests(config.url(), config.poolSize()));
    try {
      // Before a migration, which may name one of them.
      DeferredIndexes.buildDeferred(database);
      Migrations.migrateIfNeeded(database, dialect, dialect.jdbcUrl(config.url()));
      byte[] cursorKey = new SharedKeys(database).getOrCreate("cursors");
      Database probeDatabase = Database.open(dialect, PoolSettings.forProbe(config.url()));
      return new Persistence(config.url(), database, probeDatabase, cursorKey);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /** The orders. */
  public OrderStore orders() {
    return orders;
  }

  /** The answers of calls that carry a key. */
  public IdempotencyStore idempotencyRecords() {
    return idempotencyStore;
  }

  /** What was sold. */
  public SalesLedger sales() {
    return sales;
  }

  /** Tells whether the database answers, within some two seconds. */
  public StoreProbe probe() {
    return probe;
  }

  /** The catalogue. */
  public ProductStore products() {
    return products;
  }

  /** The discount rules; a new database holds the one that ships. */
  public RuleStore rules() {
    return rules;
  }

  /** The codes that bring rules. */
  public CodeStore codes() {
    return codes;
  }

  /** How far the limits of rules are used up. */
  public UsageStore usage() {
    return usage;
  }

  /** People who can sign in. */
  public UserStore users() {
    return users;
  }

  /** Their sessions. */
  public SessionStore sessions() {
    return sessions;
  }

  /** The keys of programs. */
  public ApiKeyStore apiKeys() {
    return apiKeys;
  }

  /** What was tried in vain. */
  public FailedAttemptStore failedAttempts() {
    return failedAttempts;
  }

  /** Calls, added up over all nodes. */
  public RateLimitStore rateLimits() {
    return rateLimits;
  }

  /** What happened to users, sessions and keys. */
  public AuditLog auditLog() {
    return auditLog;
  }

  /** 32 random bytes that are the same on all nodes of the database, and after each start. */
  public byte[] cursorKey() {
    return cursorKey.clone();
  }

  /**
   * Answers a question in SQL, by the rights of one who can change nothing: on an embedded database
   * one who may read the views of its interface alone.
   *
   * @throws DatabaseAdminException if the database refuses the question, or it takes too long
   * @throws IOException if the answer could not be taken
   */
  public QuerySummary query(SqlQuery query, ResultSink sink) throws IOException {
    return admin.query(query, sink);
  }

  /**
   * Writes an embedded database to a file, as it is at one moment, while others go on to write it.
   *
   * @param overwrite whether a file that is there is replaced
   * @return the length of the file in bytes, when it is on the disk
   * @throws DatabaseAdminException if it cannot be written, or if the database is none of that kind
   */
  public long backup(Path file, boolean overwrite) {
    return admin.backup(file, overwrite);
  }

  /**
   * Does work that fills a database which holds no orders yet. It is without the indexes by which
   * orders are found until the work is done, so that other nodes find them slowly, and has them
   * again when this returns or throws; that may take a minute or more. If the process ends in
   * between, they are built when the database is opened again.
   *
   * @param work keeps orders and looks for none
   * @throws StoreUnavailableException if an index could not be built
   */
  public void bulkLoad(Runnable work) {
    DeferredIndexes.runWithoutIndexes(database, work);
  }

  /** Closes every connection; an embedded database is shut down. Closing twice is allowed. */
  @Override
  public void close() {
    admin.close();
    probeDatabase.close();
    database.close();
  }
}
