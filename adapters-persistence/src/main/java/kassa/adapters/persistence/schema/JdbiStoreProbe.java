package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;
import org.jdbi.v3.core.Handle;

/** Health probe that reads the schema version, and whether writes are accepted. Thread-safe. */
public final class JdbiStoreProbe implements StoreProbe {

  private final Database database;

  public JdbiStoreProbe(Database database) {
    this.database = database;
  }

  @Override
  public void probe() {
    String version =
        database.probe(
            "read the schema version",
            handle -> {
              database.requireStorage(handle);
              requireWritable(handle);
              return SchemaVersion.read(handle);
            });
    if (!version.equals(SchemaVersion.REQUIRED)) {
      throw new StoreUnavailableException(
          "the database has schema version "
              + version
              + ", but this version of Kassa requires "
              + SchemaVersion.REQUIRED,
          new IllegalStateException("the schema version changed after startup"));
    }
  }

  private void requireWritable(Handle handle) {
    if (handle.createQuery(database.dialect().readOnlySql()).mapTo(Boolean.class).one()) {
      throw new StoreReadOnlyException(
          "the database is read-only", new IllegalStateException("it accepts only reads"));
    }
  }
}
