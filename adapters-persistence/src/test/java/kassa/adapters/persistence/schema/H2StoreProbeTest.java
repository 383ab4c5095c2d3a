package kassa.adapters.persistence.schema;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.service.StoreProbe;
import kassa.contract.StoreProbeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2StoreProbeTest extends StoreProbeContract {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new PersistenceConfig(TestDatabases.newH2(folder.resolve("kassa")), 1));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected StoreProbe probe() {
    return persistence.stores().probe();
  }

  @Override
  protected void makeStoreUnavailable() {
    persistence.close();
  }
}
