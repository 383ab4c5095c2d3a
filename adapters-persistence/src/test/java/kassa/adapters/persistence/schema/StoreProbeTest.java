package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.service.StoreProbe;
import kassa.contract.StoreProbeContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class StoreProbeTest extends StoreProbeContract {

  @AutoClose private final TestDatabase database;

  StoreProbeTest(Dialect dialect) {
    database = new TestDatabase(dialect, 1);
  }

  @Override
  protected StoreProbe probe() {
    return database.stores().probe();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
