package kassa.adapters.persistence.catalogue;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.ProductStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2ProductStoreTest extends ProductStoreContract {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new PersistenceConfig(TestDatabases.newH2(folder.resolve("kassa")), 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected ProductStore store() {
    return persistence.stores().products();
  }

  @Override
  protected void makeStoreUnavailable() {
    persistence.close();
  }
}
