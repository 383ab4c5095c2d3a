package kassa.adapters.persistence;

import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;

/** Asks for the schema's version. May be used by any number of threads. */
final class JdbiStoreProbe implements StoreProbe {

  private final Database database;

  JdbiStoreProbe(Database database) {
    this.database = database;
  }

  @Override
  public void probe() {
    String version = database.ask("tell the version of its schema", SchemaVersion::of);
    if (!version.equals(SchemaVersion.NEEDED)) {
      throw new StoreUnavailableException(
          "the database has schema " + version + ", and this version needs " + SchemaVersion.NEEDED,
          new IllegalStateException("the schema was changed while this was running"));
    }
  }
}
