package kassa.adapters.persistence;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import kassa.application.UseCases;
import kassa.application.port.out.SessionStore;
import org.jdbi.v3.core.Handle;

/** New databases of both kinds, and connections to them that lose patience soon. */
final class TestDatabases {

  private TestDatabases() {}

  /** Where a database is that nobody has opened yet, as it would be configured. */
  static String newUrl(Dialect dialect, Path folder) {
    return switch (dialect) {
      case H2 -> "jdbc:h2:file:" + folder.resolve(UUID.randomUUID().toString());
      case POSTGRESQL -> PostgresServer.newDatabase();
    };
  }

  /** Opens a database without migrating it. */
  static Database open(String url, int connections) {
    return Database.open(
        Dialect.of(url),
        new PoolSettings(
            url,
            connections,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10)));
  }

  static int migrate(Database database, String url) {
    Dialect dialect = Dialect.of(url);
    return Migrations.run(database, dialect, dialect.url(url));
  }

  /** Opens a new database, migrated. */
  static Database openNew(Dialect dialect, Path folder) {
    String url = newUrl(dialect, folder);
    Database database = open(url, 4);
    migrate(database, url);
    return database;
  }

  /** All that is kept in a database. */
  static UseCases.Stores stores(Database database) {
    TokenCache<SessionStore.Live> sessions = new TokenCache<>(Ticker.systemTicker());
    return new UseCases.Stores(
        new JdbiOrderStore(database),
        new JdbiAnswerStore(database),
        new JdbiSalesLedger(database),
        new JdbiRuleStore(database),
        new JdbiCodeStore(database),
        new JdbiUsageStore(database),
        new JdbiProductStore(database),
        new JdbiUserStore(database, sessions),
        new JdbiSessionStore(database, sessions),
        new JdbiApiKeyStore(database, new TokenCache<>(Ticker.systemTicker())),
        new JdbiAttemptStore(database),
        new JdbiCallTally(database),
        new JdbiAuditLog(database),
        new JdbiStoreProbe(database));
  }

  static int execute(Database database, String sql) {
    return database.change("prepare a test", handle -> handle.execute(sql));
  }

  static long number(Database database, String sql) {
    return database.ask("look at a test's outcome", handle -> number(handle, sql));
  }

  private static long number(Handle handle, String sql) {
    return handle.createQuery(sql).map((row, context) -> row.getLong(1)).one();
  }
}
