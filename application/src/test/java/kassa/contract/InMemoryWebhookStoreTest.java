package kassa.contract;

import kassa.application.port.out.webhook.WebhookStores;
import kassa.contract.memory.InMemoryStores;

class InMemoryWebhookStoreTest extends WebhookStoreContract {

  private final WebhookStores stores = new InMemoryStores().all().webhooks();

  @Override
  protected WebhookStores stores() {
    return stores;
  }
}
