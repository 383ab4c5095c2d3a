package kassa.adapters.persistence.order;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.OrderChangeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2OrderChangesTest extends OrderChangeContract {

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
  protected OrderStore store() {
    return persistence.stores().orders();
  }
}
