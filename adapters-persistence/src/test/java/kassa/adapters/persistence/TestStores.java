package kassa.adapters.persistence;

import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.Stores;

/** The stores that {@link Persistence} provides, of a database that was opened without it. */
public final class TestStores {

  private TestStores() {}

  public static Stores of(Database database) {
    return Persistence.stores(database);
  }
}
