package kassa.adapters.persistence;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.catalogue.JdbiProductStore;
import kassa.adapters.persistence.event.log.JdbiEventLog;
import kassa.adapters.persistence.event.log.TransactionOffset;
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
import kassa.adapters.persistence.jdbc.Standby;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.report.JdbiSalesLedger;
import kassa.adapters.persistence.report.SalesBucketMerger;
import kassa.adapters.persistence.report.SalesDigestBuilder;
import kassa.adapters.persistence.rule.JdbiCodeStore;
import kassa.adapters.persistence.rule.JdbiRuleStore;
import kassa.adapters.persistence.schema.DeferredIndexes;
import kassa.adapters.persistence.schema.JdbiStoreProbe;
import kassa.adapters.persistence.schema.Migrations;
import kassa.adapters.persistence.schema.ReaderRole;
import kassa.adapters.persistence.schema.SharedKeys;
import kassa.adapters.persistence.usage.JdbiUsageStore;
import kassa.adapters.persistence.webhook.JdbiDeliveryStore;
import kassa.adapters.persistence.webhook.JdbiWebhookStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.Stores;
import kassa.application.port.out.identity.IdentityStores;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.rule.RuleStores;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Telemetry;

/** Opens the database and provides the stores of the application. Thread-safe. */
public final class Persistence implements AutoCloseable {

  private final Database database;
  private final byte[] cursorKey;
  private final Stores stores;
  private final DatabaseAdmin admin;

  private Persistence(String url, Database database, byte[] cursorKey) {
    admin = new DatabaseAdmin(url);
    this.database = database;
    this.cursorKey = cursorKey;
    stores = stores(database);
  }

  /** The stores of an open database. */
  static Stores stores(Database database) {
    return new Stores(
        new JdbiOrderStore(database),
        new JdbiIdempotencyStore(database),
        new RuleStores(
            new JdbiRuleStore(database), new JdbiCodeStore(database), new JdbiUsageStore(database)),
        new JdbiProductStore(database),
        identityStores(database),
        new JdbiSalesLedger(database),
        new JdbiEventLog(database),
        new WebhookStores(new JdbiWebhookStore(database), new JdbiDeliveryStore(database)),
        new JdbiStoreProbe(database));
  }

  private static IdentityStores identityStores(Database database) {
    TokenCache<SessionStore.ActiveSession> sessionCache = new TokenCache<>(Ticker.systemTicker());
    return new IdentityStores(
        new JdbiUserStore(database, sessionCache),
        new JdbiSessionStore(database, sessionCache),
        new JdbiApiKeyStore(database, new TokenCache<>(Ticker.systemTicker())),
        new JdbiFailedAttemptStore(database),
        new JdbiRateLimitStore(database),
        new JdbiAuditLog(database));
  }

  /**
   * Migrates the schema and opens the database. A standby that is away does not matter.
   *
   * @throws StoreUnavailableException if the database cannot be reached, or if its file is in use
   *     by another process; the message names the reason and contains no secrets
   * @throws IllegalArgumentException if the URL is not one that {@link PersistenceConfig} supports
   * @throws IllegalStateException if the schema is newer than this version supports
   */
  public static Persistence open(PersistenceConfig config) {
    return open(config, Telemetry.none());
  }

  /**
   * Opens the database as {@link #open(PersistenceConfig)} does.
   *
   * @param telemetry receives what is measured with the database
   */
  public static Persistence open(PersistenceConfig config, Telemetry telemetry) {
    Dialect dialect = Dialect.of(config.url());
    try (DatabaseAdmin file = new DatabaseAdmin(config.url())) {
      file.prepareFile();
    }
    String readUrl = config.readUrl();
    Database database =
        Database.open(
            dialect,
            PoolSettings.forRequests(config.url(), config.poolSize()),
            readUrl == null ? null : Standby.forRequests(readUrl, config.readPoolSize(), telemetry),
            telemetry);
    try {
      // Before the migrations, because a migration may name one of these indexes.
      DeferredIndexes.buildDeferred(database);
      Migrations.migrateIfNeeded(database, dialect, dialect.adminUrl(config.url()));
      ReaderRole.warnIfMissing(database);
      byte[] cursorKey = new SharedKeys(database).getOrCreate("cursors");
      TransactionOffset.raiseIfTooLow(database);
      database.requireStorage();
      database.useStandby();
      Persistence persistence = new Persistence(config.url(), database, cursorKey);
      persistence.admin.file().ifPresent(base -> registerFileSize(base, telemetry));
      return persistence;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  private static void registerFileSize(Path base, Telemetry telemetry) {
    Path file = Path.of(base + ".mv.db");
    telemetry.register(
        Gauge.DATABASE_FILE_BYTES,
        () -> {
          try {
            return Files.size(file);
          } catch (IOException absent) {
            throw new UncheckedIOException(absent);
          }
        });
  }

  /**
   * Returns the stores of the database. A new database has one rule, the seed rule. The probe
   * returns within about two seconds.
   */
  public Stores stores() {
    return stores;
  }

  /**
   * Returns stores for rehearsals: they read what is stored, and single orders are inserted and
   * rolled back. The other stores write.
   *
   * @param firstNumber the number of the first rehearsed order, 1 or more
   */
  public Stores rehearsalStores(long firstNumber) {
    return new Stores(
        JdbiOrderStore.rehearsal(database, firstNumber),
        stores.idempotency(),
        stores.rules(),
        stores.products(),
        stores.identity(),
        stores.sales(),
        stores.events(),
        stores.webhooks(),
        stores.probe());
  }

  /**
   * The secret key that signs cursors: 32 random bytes, the same on all nodes and after restarts.
   */
  public byte[] cursorKey() {
    return cursorKey.clone();
  }

  /** Administration of this database. It is closed with this. */
  public DatabaseAdmin admin() {
    return admin;
  }

  /**
   * Runs a bulk load of a database without orders. The secondary indexes of the order tables are
   * dropped during the load and built before this returns or throws, which may take a minute or
   * more. Order searches are slow meanwhile, also on other nodes. If the process is killed, the
   * indexes are built when the database is opened again.
   *
   * @param work inserts orders and searches for none
   * @throws StoreUnavailableException if an index could not be built
   */
  public void bulkLoad(Runnable work) {
    DeferredIndexes.runWithoutIndexes(database, work);
    new SalesBucketMerger(database).merge();
  }

  /**
   * Merges the sales sums that transactions have added since the last call, and adds up the sales
   * of the days that they have changed, so that reports stay fast. It is called periodically, on
   * any number of nodes. After an upgrade or a bulk load it may take minutes, in short
   * transactions.
   *
   * @param isStopped whether to stop soon
   * @throws StoreUnavailableException if the database is unavailable
   */
  public void refreshSalesSums(BooleanSupplier isStopped) {
    new SalesBucketMerger(database).merge();
    new SalesDigestBuilder(database).buildAll(isStopped);
  }

  /** Closes all connections and shuts an embedded database down. Idempotent. */
  @Override
  public void close() {
    admin.close();
    database.close();
  }
}
