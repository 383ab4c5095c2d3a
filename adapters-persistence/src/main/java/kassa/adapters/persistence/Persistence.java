package kassa.adapters.persistence;

import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.SalesLedger;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.UsageStore;

/** A database and all that Kassa keeps in it. May be used by any number of threads. */
public final class Persistence implements AutoCloseable {

  private final Database database;
  private final Database probed;
  private final byte[] cursorKey;
  private final OrderStore orders;
  private final SalesLedger sales;
  private final StoreProbe probe;
  private final ProductStore products;
  private final RuleStore rules;
  private final CodeStore codes;
  private final UsageStore usages;

  private Persistence(Database database, Database probed, byte[] cursorKey) {
    this.database = database;
    this.probed = probed;
    this.cursorKey = cursorKey;
    orders = new JdbiOrderStore(database);
    sales = new JdbiSalesLedger(database);
    probe = new JdbiStoreProbe(probed);
    products = new JdbiProductStore(database);
    rules = new JdbiRuleStore(database);
    codes = new JdbiCodeStore(database);
    usages = new JdbiUsageStore(database);
  }

  /**
   * Where the database is and how many connections to it there are.
   *
   * @param url {@code jdbc:h2:} and the path of a file, or {@code jdbc:postgresql:...}; may hold a
   *     password
   * @param poolSize the connections that serve requests, 1 to 200
   */
  public record Config(String url, int poolSize) {

    private static final int MOST = 200;

    /**
     * @throws IllegalArgumentException if the pool's size is out of range
     */
    public Config {
      if (poolSize < 1 || poolSize > MOST) {
        throw new IllegalArgumentException("poolSize must be from 1 to " + MOST);
      }
    }

    /** The size alone: the url may hold a password. */
    @Override
    public String toString() {
      return "Config[poolSize=" + poolSize + "]";
    }
  }

  /**
   * Brings the schema up to date and opens the store.
   *
   * @throws StoreUnavailableException if the database cannot be reached, or if its file is in use
   *     by another process; the message says which, in a sentence without secrets
   * @throws IllegalArgumentException if the url is of another kind than {@link Config} names
   * @throws IllegalStateException if the schema is newer than this version knows
   */
  public static Persistence open(Config config) {
    Dialect dialect = Dialect.of(config.url());
    Database database = Database.open(dialect, PoolSettings.ofRequests(config));
    try {
      Migrations.run(database, dialect.url(config.url()));
      byte[] cursorKey = new SharedKeys(database).secret("cursors");
      Database probed = Database.open(dialect, PoolSettings.ofProbe(config));
      return new Persistence(database, probed, cursorKey);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /** The orders. */
  public OrderStore orders() {
    return orders;
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
  public UsageStore usages() {
    return usages;
  }

  /** 32 random bytes that are the same on all nodes of the database, and after each start. */
  public byte[] cursorKey() {
    return cursorKey.clone();
  }

  /** Closes every connection; an embedded database is shut down. Closing twice is allowed. */
  @Override
  public void close() {
    probed.close();
    database.close();
  }
}
