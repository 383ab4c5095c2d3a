package kassa.application;

import java.time.InstantSource;
import java.util.function.Function;
import kassa.application.idempotency.Recording;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.order.AtomicBatchPlacement;
import kassa.application.internal.order.ChangeOrderStatusService;
import kassa.application.internal.order.FindOrdersService;
import kassa.application.internal.order.IdempotentPlaceOrder;
import kassa.application.internal.order.OrderPricing;
import kassa.application.internal.order.OwnerScopedOrders;
import kassa.application.internal.order.PlaceOrderService;
import kassa.application.internal.order.RefundOrderService;
import kassa.application.internal.order.SecuredChangeOrderStatus;
import kassa.application.internal.order.SecuredPlaceOrder;
import kassa.application.internal.order.SecuredPlaceOrderBatch;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.Secured;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrder;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.identity.Permission;

/**
 * The use cases of orders.
 *
 * @param placeOrder places one order
 * @param placeOrderIdempotently places one order, or replays the order of the same request
 * @param placeOrderBatch places many orders
 * @param changeOrderStatus changes an order's status
 * @param refundOrder refunds an order
 * @param findOrderToChange finds an order whose status changes or that is refunded
 * @param findOrders finds orders
 */
public record OrderUseCases(
    Secured<PlaceOrder> placeOrder,
    Secured<PlaceOrderIdempotently> placeOrderIdempotently,
    Secured<PlaceOrderBatch> placeOrderBatch,
    Secured<ChangeOrderStatus> changeOrderStatus,
    Secured<RefundOrder> refundOrder,
    Secured<FindOrder> findOrderToChange,
    Secured<FindOrders> findOrders) {

  static OrderUseCases create(
      OrderStore orders,
      UserStore users,
      IdempotencyService idempotency,
      CartPricing pricing,
      ActiveRuleSet activeRules,
      Environment environment,
      BatchLimits batchLimits,
      int maxRowsInMemory,
      Authorization authorization) {
    InstantSource clock = environment.clock();
    PlaceOrderService placeOrder =
        new PlaceOrderService(
            orders,
            new OrderPricing(pricing),
            activeRules,
            clock,
            environment.ids(),
            new WeightBudget(maxRowsInMemory),
            environment.telemetry());
    AtomicBatchPlacement atomicPlacement =
        new AtomicBatchPlacement(
            orders, idempotency, placeOrder, batchLimits.deadline(), environment.telemetry());
    BoundedExecutor executor =
        new BoundedExecutor(clock, batchLimits.maxConcurrency(), batchLimits.deadline());
    FindOrdersService findOrders = new FindOrdersService(orders, users);
    Secured<PlaceOrder> securedPlaceOrder = SecuredPlaceOrder.secure(placeOrder, authorization);
    Function<PlaceOrder, PlaceOrderIdempotently> idempotent =
        plain -> new IdempotentPlaceOrder(plain, orders, idempotency);
    return new OrderUseCases(
        securedPlaceOrder,
        caller -> idempotent.apply(securedPlaceOrder.as(caller)),
        SecuredPlaceOrderBatch.secure(
            placeOrder, idempotent, atomicPlacement, executor, authorization),
        SecuredChangeOrderStatus.secure(
            findOrders,
            caller -> new ChangeOrderStatusService(orders, clock, caller.name(), Recording.none()),
            authorization),
        authorization.requiring(
            Permission.MANAGE_ORDERS,
            caller -> new RefundOrderService(orders, clock, caller.name(), Recording.none())),
        OwnerScopedOrders.secureFindOrderToChange(findOrders, authorization),
        OwnerScopedOrders.secure(findOrders, authorization));
  }
}
