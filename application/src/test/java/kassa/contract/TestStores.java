package kassa.contract;

import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.UsageStore;

/**
 * The stores under test, which share what they keep. They hold the rule that ships and nothing else
 * when a test begins.
 *
 * @param orders keeps the orders
 * @param rules keeps the rules
 * @param codes keeps the codes
 * @param usages tells how far limits are used up
 * @param away makes all of them unreachable for the rest of the test
 */
public record TestStores(
    OrderStore orders, RuleStore rules, CodeStore codes, UsageStore usages, Runnable away) {

  /** Stores in memory. */
  public static TestStores inMemory() {
    InMemoryStores stores = new InMemoryStores();
    ShippedRule.createIn(stores.rules());
    return new TestStores(
        stores.orders(), stores.rules(), stores.codes(), stores.usages(), stores::takeAway);
  }
}
