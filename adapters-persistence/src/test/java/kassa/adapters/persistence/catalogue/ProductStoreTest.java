package kassa.adapters.persistence.catalogue;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.ProductStoreContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ProductStoreTest extends ProductStoreContract {

  @AutoClose private final TestDatabase database;

  ProductStoreTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected ProductStore store() {
    return database.stores().products();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
