package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.application.port.out.OrderStore;
import kassa.contract.OrderChangesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2OrderChangesTest extends OrderChangesContract {

  @TempDir private Path folder;
  private Persistence persistence;

  @BeforeEach
  void open() {
    persistence =
        Persistence.open(new Persistence.Config("jdbc:h2:file:" + folder.resolve("kassa"), 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected OrderStore store() {
    return persistence.orders();
  }
}
