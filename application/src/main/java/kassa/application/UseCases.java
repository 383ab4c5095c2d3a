package kassa.application;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.BoundedFanOut;
import kassa.application.internal.OrderPlacement;
import kassa.application.internal.OrderProcessing;
import kassa.application.internal.OrderSearch;
import kassa.application.internal.ProductKeeping;
import kassa.application.internal.ProductSearch;
import kassa.application.internal.Readiness;
import kassa.application.port.in.CheckReadiness;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.FindProducts;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.StoreProbe;
import kassa.domain.pricing.RuleSet;

/**
 * All that Kassa can be asked to do. Each use-case may be called by any number of threads.
 *
 * @param placeOrder places one order
 * @param processOrders places many
 * @param findOrders reads them
 * @param checkReadiness tells whether the others can work
 * @param keepProducts changes the catalogue
 * @param findProducts reads it
 */
public record UseCases(
    PlaceOrder placeOrder,
    ProcessOrders processOrders,
    FindOrders findOrders,
    CheckReadiness checkReadiness,
    KeepProducts keepProducts,
    FindProducts findProducts) {

  /**
   * Makes the use-cases.
   *
   * @param orders keeps the orders
   * @param probe tells whether the store is there
   * @param rules what carts are priced under
   * @param clock the time
   * @param ids UUIDs of version 7, each greater than those before it
   * @param limits how much is done at once
   * @param products keeps the catalogue
   */
  public static UseCases create(
      OrderStore orders,
      StoreProbe probe,
      RuleSet rules,
      InstantSource clock,
      Supplier<UUID> ids,
      ProcessingLimits limits,
      ProductStore products) {
    PlaceOrder placeOrder = new OrderPlacement(orders, rules, clock, ids);
    BoundedFanOut fanOut = new BoundedFanOut(clock, limits.concurrency(), limits.deadline());
    return new UseCases(
        placeOrder,
        new OrderProcessing(placeOrder, fanOut),
        new OrderSearch(orders),
        new Readiness(probe),
        new ProductKeeping(products, clock),
        new ProductSearch(products));
  }
}
