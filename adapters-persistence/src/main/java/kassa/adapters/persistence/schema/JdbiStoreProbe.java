package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;

/** Asks for the schema's version. May be used by any number of threads. */
public final class JdbiStoreProbe implements StoreProbe {

  private final Database database;

  public JdbiStoreProbe(Database database) {
    this.database = database;
  }

  @Override
  public void probe() {
    String version = database.query("tell the version of its schema", SchemaVersion::read);
    if (!version.equals(SchemaVersion.REQUIRED)) {
      throw new StoreUnavailableException(
          "the database has schema "
              + version
              + ", and this version needs "
              + SchemaVersion.REQUIRED,
          new IllegalStateException("the schema was changed while this was running"));
    }
  }
}
