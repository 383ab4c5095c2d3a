package kassa.adapters.persistence.order;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.OrderChangeContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class OrderChangesTest extends OrderChangeContract {

  @AutoClose private final TestDatabase database;

  OrderChangesTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected OrderStore store() {
    return database.stores().orders();
  }
}
