package kassa.adapters.persistence;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.AttemptStore;
import kassa.application.port.out.AuditLog;
import kassa.application.port.out.CallTally;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.SalesLedger;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.UsageStore;
import kassa.application.port.out.UserStore;
import org.jspecify.annotations.Nullable;

/** A database and all that Kassa keeps in it. May be used by any number of threads. */
public final class Persistence implements AutoCloseable {

  private final Database database;
  private final Database probed;
  private final byte[] cursorKey;
  private final OrderStore orders;
  private final AnswerStore keptAnswers;
  private final SalesLedger sales;
  private final StoreProbe probe;
  private final ProductStore products;
  private final RuleStore rules;
  private final CodeStore codes;
  private final UsageStore usages;
  private final UserStore users;
  private final SessionStore sessions;
  private final ApiKeyStore apiKeys;
  private final AttemptStore attempts;
  private final CallTally calls;
  private final AuditLog audit;
  private final DatabaseAtRest atRest;
  private final SqlAnswers answers = new SqlAnswers();

  private Persistence(String url, Database database, Database probed, byte[] cursorKey) {
    atRest = new DatabaseAtRest(url);
    this.database = database;
    this.probed = probed;
    this.cursorKey = cursorKey;
    orders = new JdbiOrderStore(database);
    keptAnswers = new JdbiAnswerStore(database);
    sales = new JdbiSalesLedger(database);
    probe = new JdbiStoreProbe(probed);
    products = new JdbiProductStore(database);
    rules = new JdbiRuleStore(database);
    codes = new JdbiCodeStore(database);
    usages = new JdbiUsageStore(database);
    TokenCache<SessionStore.Live> signedIn = new TokenCache<>(Ticker.systemTicker());
    users = new JdbiUserStore(database, signedIn);
    sessions = new JdbiSessionStore(database, signedIn);
    apiKeys = new JdbiApiKeyStore(database, new TokenCache<>(Ticker.systemTicker()));
    attempts = new JdbiAttemptStore(database);
    calls = new JdbiCallTally(database);
    audit = new JdbiAuditLog(database);
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
   * A question in SQL.
   *
   * @param sql one statement that changes nothing
   * @param mostRows the most rows to answer, 1 or more
   * @param longest how long that may take, 1 second or more
   */
  public record Question(String sql, long mostRows, Duration longest) {

    /**
     * @throws IllegalArgumentException if a limit is out of range
     */
    public Question {
      if (mostRows < 1 || longest.toSeconds() < 1) {
        throw new IllegalArgumentException("a question needs a row and a second at least");
      }
    }
  }

  /** Takes the answer to a question as it comes: the columns once, and then the rows. */
  public interface Answer {

    /**
     * Takes what the answer consists of.
     *
     * @throws IOException if it cannot; the question is given up then
     */
    void columns(List<Column> columns) throws IOException;

    /**
     * Takes a row.
     *
     * @param values a text for each column, {@code null} where there is nothing
     * @throws IOException if it cannot; the question is given up then
     */
    void row(List<@Nullable String> values) throws IOException;
  }

  /**
   * A column of an answer.
   *
   * @param name in lower case
   * @param isNumber whether its values are numbers
   */
  public record Column(String name, boolean isNumber) {}

  /**
   * How much was answered.
   *
   * @param rows how many rows
   * @param more whether there would have been more
   */
  public record Answered(long rows, boolean more) {}

  /** What was asked for cannot be done; the message says why, in a line for whoever asked. */
  public static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason);
    }

    RefusedException(String reason, Exception cause) {
      super(reason, cause);
    }
  }

  /** A database that this process has not opened. */
  public static final class AtRest {

    private final DatabaseAtRest database;

    /**
     * @param url as that of {@link Config}
     * @throws IllegalArgumentException if it is of another kind
     */
    public AtRest(String url) {
      database = new DatabaseAtRest(url);
    }

    /** The file of an embedded database, without its ending; empty for PostgreSQL. */
    public Optional<Path> file() {
      return database.file();
    }

    /**
     * For what changes a database and is not to make one.
     *
     * @throws RefusedException if the file of an embedded one is not there
     */
    public void requireThere() {
      database.requireThere();
    }

    /**
     * Opens it and asks, as {@link Persistence#ask} does.
     *
     * @throws StoreUnavailableException if it cannot be opened
     */
    public Answered ask(Question question, Answer answer) throws IOException {
      try (SqlAnswers answers = new SqlAnswers()) {
        return database.ask(answers, question, answer);
      }
    }

    /**
     * Opens it and backs it up, as {@link Persistence#backup} does.
     *
     * @throws StoreUnavailableException if it cannot be opened
     */
    public long backup(Path file, boolean overwrite) {
      return database.backup(file, overwrite);
    }

    /**
     * Puts what a backup holds in its place, at once and for good, after having looked through it.
     *
     * @param overwrite whether a database that is there may be replaced
     * @throws RefusedException if somebody has it open, or the backup is not sound; nothing changes
     */
    public void restore(Path backup, boolean overwrite) {
      database.restore(backup, overwrite);
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
      // Before a migration, which may name one of them.
      PutOffIndexes.build(database);
      Migrations.run(database, dialect, dialect.url(config.url()));
      byte[] cursorKey = new SharedKeys(database).secret("cursors");
      Database probed = Database.open(dialect, PoolSettings.ofProbe(config));
      return new Persistence(config.url(), database, probed, cursorKey);
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
  public AnswerStore answers() {
    return keptAnswers;
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
  public AttemptStore attempts() {
    return attempts;
  }

  /** Calls, added up over all nodes. */
  public CallTally calls() {
    return calls;
  }

  /** What happened to users, sessions and keys. */
  public AuditLog audit() {
    return audit;
  }

  /** 32 random bytes that are the same on all nodes of the database, and after each start. */
  public byte[] cursorKey() {
    return cursorKey.clone();
  }

  /**
   * Answers a question in SQL, by the rights of one who can change nothing: on an embedded database
   * one who may read the views of its interface alone.
   *
   * @throws RefusedException if the database refuses the question, or it takes too long
   * @throws IOException if the answer could not be taken
   */
  public Answered ask(Question question, Answer answer) throws IOException {
    return atRest.ask(answers, question, answer);
  }

  /**
   * Writes an embedded database to a file, as it is at one moment, while others go on to write it.
   *
   * @param overwrite whether a file that is there is replaced
   * @return the length of the file in bytes, when it is on the disk
   * @throws RefusedException if it cannot be written, or if the database is none of that kind
   */
  public long backup(Path file, boolean overwrite) {
    return atRest.backup(file, overwrite);
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
  public void fill(Runnable work) {
    PutOffIndexes.during(database, work);
  }

  /** Closes every connection; an embedded database is shut down. Closing twice is allowed. */
  @Override
  public void close() {
    answers.close();
    probed.close();
    database.close();
  }
}
