package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.application.port.out.StoreProbe;
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
        Persistence.open(new Persistence.Config("jdbc:h2:file:" + folder.resolve("kassa"), 1));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected StoreProbe probe() {
    return persistence.probe();
  }

  @Override
  protected void takeStoreAway() {
    persistence.close();
  }
}
