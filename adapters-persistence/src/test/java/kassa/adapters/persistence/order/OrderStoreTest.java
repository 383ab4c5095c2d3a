package kassa.adapters.persistence.order;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.OrderStoreContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class OrderStoreTest extends OrderStoreContract {

  @AutoClose private final TestDatabase database;

  OrderStoreTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected OrderStore store() {
    return database.stores().orders();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
