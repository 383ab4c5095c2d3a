package kassa.adapters.persistence.webhook;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.contract.WebhookStoreContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WebhookStoresTest extends WebhookStoreContract {

  @AutoClose private final TestDatabase database;

  WebhookStoresTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected WebhookStores stores() {
    return database.stores().webhooks();
  }
}
