package kassa.adapters.persistence;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** Secrets that are made once in a database, by the node that comes first, and used by all. */
final class SharedKeys {

  private static final int BYTES = 32;
  private static final Set<String> TAKEN = Set.of("23505");

  private final Database database;

  SharedKeys(Database database) {
    this.database = database;
  }

  /**
   * The secret of this name: 32 random bytes.
   *
   * @throws IllegalStateException if something else stands in its place
   */
  byte[] secret(String name) {
    String digits = find(name).orElseGet(() -> make(name));
    if (!digits.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IllegalStateException("the shared key for " + name + " is damaged");
    }
    return HexFormat.of().parseHex(digits);
  }

  private String make(String name) {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String digits = HexFormat.of().formatHex(secret);
    boolean first =
        database.change("keep a shared key", handle -> insertIfAbsent(handle, name, digits));
    return first ? digits : find(name).orElseThrow();
  }

  private Optional<String> find(String name) {
    return database.ask(
        "find a shared key",
        handle ->
            handle
                .createQuery("select secret from shared_keys where name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
  }

  private static boolean insertIfAbsent(Handle handle, String name, String digits) {
    try {
      handle
          .createUpdate("insert into shared_keys (name, secret) values (:name, :secret)")
          .bind("name", name)
          .bind("secret", digits)
          .execute();
      return true;
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        return false;
      }
      throw refused;
    }
  }
}
