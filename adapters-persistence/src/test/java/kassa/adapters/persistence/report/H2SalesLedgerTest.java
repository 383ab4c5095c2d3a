package kassa.adapters.persistence.report;

import java.nio.file.Path;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.contract.SalesLedgerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2SalesLedgerTest extends SalesLedgerContract {

  @TempDir private Path folder;
  private String url;
  private Persistence persistence;

  @BeforeEach
  void create() {
    url = TestDatabases.newH2(folder.resolve("kassa"));
    open();
  }

  private void open() {
    persistence = Persistence.open(new PersistenceConfig(url, 4));
  }

  @AfterEach
  void close() {
    persistence.close();
  }

  @Override
  protected SalesLedger ledger() {
    return persistence.stores().sales();
  }

  @Override
  protected OrderStore orders() {
    return persistence.stores().orders();
  }

  @Override
  protected void restartStore() {
    persistence.close();
    open();
  }

  @Override
  protected void makeStoreUnavailable() {
    persistence.close();
  }
}
