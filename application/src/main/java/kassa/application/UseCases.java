package kassa.application;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.internal.BoundedFanOut;
import kassa.application.internal.CartPricing;
import kassa.application.internal.CartQuoting;
import kassa.application.internal.CodeIssuing;
import kassa.application.internal.JointPlacement;
import kassa.application.internal.OnceOnly;
import kassa.application.internal.OrderMoving;
import kassa.application.internal.OrderPlacement;
import kassa.application.internal.OrderPricing;
import kassa.application.internal.OrderProcessing;
import kassa.application.internal.OrderRecording;
import kassa.application.internal.OrderRefunding;
import kassa.application.internal.OrderSearch;
import kassa.application.internal.ProductKeeping;
import kassa.application.internal.ProductSearch;
import kassa.application.internal.Readiness;
import kassa.application.internal.RuleBook;
import kassa.application.internal.RuleWriting;
import kassa.application.internal.SalesReporting;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CheckReadiness;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.FindProducts;
import kassa.application.port.in.IssueCodes;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.RecordOrders;
import kassa.application.port.in.RefundOrder;
import kassa.application.port.in.ReportSales;
import kassa.application.port.in.WriteRules;
import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.SalesLedger;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.UsageStore;
import kassa.domain.rule.Policy;

/**
 * All that Kassa can be asked to do. Each use-case may be called by any number of threads.
 *
 * @param quoteCart tells what a cart costs
 * @param placeOrder places one order
 * @param processOrders places many
 * @param callOnce does calls with a key once
 * @param moveOrder leads them through their life
 * @param refundOrder gives money back for them
 * @param findOrders reads them
 * @param reportSales sums them up
 * @param writeRules writes the discount rules
 * @param issueCodes issues the codes that bring them
 * @param keepProducts changes the catalogue
 * @param findProducts reads it
 * @param checkReadiness tells whether the others can work
 */
public record UseCases(
    QuoteCart quoteCart,
    PlaceOrder placeOrder,
    ProcessOrders processOrders,
    CallOnce callOnce,
    MoveOrder moveOrder,
    RefundOrder refundOrder,
    FindOrders findOrders,
    ReportSales reportSales,
    WriteRules writeRules,
    IssueCodes issueCodes,
    KeepProducts keepProducts,
    FindProducts findProducts,
    CheckReadiness checkReadiness) {

  /**
   * What the use-cases keep things in.
   *
   * @param orders keeps the orders
   * @param answers keeps the answers of calls that carry a key
   * @param sales sums up the orders
   * @param rules keeps the rules
   * @param codes keeps the codes
   * @param usages tells how far limits are used up
   * @param products keeps the catalogue
   * @param probe tells whether the store is there
   */
  public record Stores(
      OrderStore orders,
      AnswerStore answers,
      SalesLedger sales,
      RuleStore rules,
      CodeStore codes,
      UsageStore usages,
      ProductStore products,
      StoreProbe probe) {}

  /**
   * What the use-cases cannot know by themselves.
   *
   * @param clock the time
   * @param ids UUIDs of version 7, each greater than those before it
   * @param chance a number from zero up to below the given one, which nobody can guess
   */
  public record Surroundings(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator chance) {}

  /**
   * Makes the use-cases.
   *
   * @param policy how rules work together, unless a request says otherwise
   * @param limits how much is done at once
   */
  public static UseCases create(
      Stores stores, Surroundings surroundings, Policy policy, ProcessingLimits limits) {
    InstantSource clock = surroundings.clock();
    RuleBook book = new RuleBook(stores.rules(), policy, clock);
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.usages(), stores.orders());
    OnceOnly once = new OnceOnly(stores.answers(), clock);
    OrderPlacement placement =
        new OrderPlacement(
            stores.orders(), once, new OrderPricing(pricing), book, clock, surroundings.ids());
    JointPlacement jointPlacement = new JointPlacement(stores.orders(), once, placement);
    BoundedFanOut fanOut = new BoundedFanOut(clock, limits.concurrency(), limits.deadline());
    return new UseCases(
        new CartQuoting(pricing, book, policy, clock),
        placement,
        new OrderProcessing(placement, jointPlacement, fanOut),
        once,
        new OrderMoving(stores.orders(), clock),
        new OrderRefunding(stores.orders(), clock),
        new OrderSearch(stores.orders()),
        new SalesReporting(stores.sales(), clock),
        new RuleWriting(stores.rules(), stores.usages(), book, clock, surroundings.ids()),
        new CodeIssuing(stores.codes(), book, clock, surroundings.chance()),
        new ProductKeeping(stores.products(), clock),
        new ProductSearch(stores.products()),
        new Readiness(stores.probe()));
  }

  /**
   * Makes the use-case that records orders of the past. Nobody may ask for it but whoever runs
   * Kassa: it takes the time of each order as it is told.
   *
   * @param policy how rules work together
   */
  public static RecordOrders recordOrders(Stores stores, Surroundings surroundings, Policy policy) {
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.usages(), stores.orders());
    return new OrderRecording(
        stores.orders(),
        new OrderPricing(pricing),
        new RuleBook(stores.rules(), policy, surroundings.clock()));
  }
}
