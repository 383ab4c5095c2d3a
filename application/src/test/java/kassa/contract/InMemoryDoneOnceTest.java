package kassa.contract;

import kassa.application.UseCases;

class InMemoryDoneOnceTest extends DoneOnceContract {

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryProductStore products = stores.products();

  @Override
  protected UseCases.Stores stores() {
    return new UseCases.Stores(
        stores.orders(),
        stores.answers(),
        stores.sales(),
        stores.rules(),
        stores.codes(),
        stores.usages(),
        products,
        stores.orders());
  }
}
