package kassa.adapters.persistence.schema;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** Secret keys that all nodes of a database share. The first node that needs a key generates it. */
public final class SharedKeys {

  private static final int BYTES = 32;

  private final Database database;

  public SharedKeys(Database database) {
    this.database = database;
  }

  /**
   * Reads the key of this name, or generates it: 32 random bytes.
   *
   * @throws IllegalStateException if the stored key is damaged
   */
  public byte[] getOrCreate(String name) {
    String digits = find(name).orElseGet(() -> create(name));
    if (!digits.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IllegalStateException("the shared key for " + name + " is damaged");
    }
    return HexFormat.of().parseHex(digits);
  }

  private String create(String name) {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String digits = HexFormat.of().formatHex(secret);
    boolean isCreated =
        database.inTransaction(
            "insert a shared key", handle -> insertIfAbsent(handle, name, digits));
    return isCreated ? digits : find(name).orElseThrow();
  }

  private Optional<String> find(String name) {
    return database.query(
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
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        return false;
      }
      throw failure;
    }
  }
}
