package kassa.adapters.persistence.event.log;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
import kassa.contract.EventLogContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class EventLogTest extends EventLogContract {

  @AutoClose private final TestDatabase database;

  EventLogTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected Stores stores() {
    return database.stores();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
