package kassa.adapters.persistence.idempotency;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
import kassa.contract.IdempotentWriteContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class IdempotentWriteTest extends IdempotentWriteContract {

  @AutoClose private final TestDatabase database;

  IdempotentWriteTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected Stores stores() {
    return database.stores();
  }
}
