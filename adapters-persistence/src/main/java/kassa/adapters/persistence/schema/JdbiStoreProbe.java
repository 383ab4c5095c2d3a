package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;

/** Health probe that reads the schema version. Thread-safe. */
public final class JdbiStoreProbe implements StoreProbe {

  private final Database database;

  public JdbiStoreProbe(Database database) {
    this.database = database;
  }

  @Override
  public void probe() {
    String version = database.query("read the schema version", SchemaVersion::read);
    if (!version.equals(SchemaVersion.REQUIRED)) {
      throw new StoreUnavailableException(
          "the database has schema version "
              + version
              + ", but this version of Kassa requires "
              + SchemaVersion.REQUIRED,
          new IllegalStateException("the schema version changed after startup"));
    }
  }
}
