package kassa.adapters.persistence.idempotency;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.IdempotencyStoreContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class IdempotencyStoreTest extends IdempotencyStoreContract {

  @AutoClose private final TestDatabase database;

  IdempotencyStoreTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected IdempotencyStore idempotencyStore() {
    return database.stores().idempotency();
  }

  @Override
  protected OrderStore orders() {
    return database.stores().orders();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
