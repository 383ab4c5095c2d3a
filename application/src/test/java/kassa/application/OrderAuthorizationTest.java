package kassa.application;

import static kassa.contract.fixture.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.port.in.AccessDeniedException;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.contract.fixture.SampleCallers;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SeedRule;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permissions for the contents of cart drafts and for orders of others. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OrderAuthorizationTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Caller.SignedIn ANN = SampleCallers.person(Role.CUSTOMER);
  private static final Caller.SignedIn BOB = SampleCallers.person(Role.CUSTOMER);
  private static final Caller SHOP = SampleCallers.program(Scope.ORDERS_WRITE);
  private static final Item MUG = new Item.FromCatalogue(new Sku("MUG"), Quantity.of(10));
  private static final Item CHEAP =
      new Item.Priced(new CartLine(new Sku("MUG"), Quantity.of(1), UnitPrice.parse("0.01", USD)));

  private final ApplicationFixture fixture = new ApplicationFixture();

  @BeforeEach
  void createProducts() {
    fixture
        .storeSet
        .products()
        .create(SampleProducts.created(SampleProducts.priced("MUG", "100.00")), null);
    SeedRule.createIn(fixture.stores.rules());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # content,        customer,         orders:write, prices too, admin
          a sku,           -,                -,            -,          -
          a price,         SET_PRICES,       SET_PRICES,   -,          -
          shipping,        SET_PRICES,       SET_PRICES,   -,          -
          free shipping,   SET_PRICES,       SET_PRICES,   -,          -
          prices with tax, SET_PRICES,       SET_PRICES,   -,          -
          another,         ORDER_FOR_OTHERS, -,            -,          -
          a past time,     IMPORT_ORDERS,    IMPORT_ORDERS, IMPORT_ORDERS, -
          a group,         ORDER_FOR_OTHERS, -,            -,          -
          a count,         ORDER_FOR_OTHERS, -,            -,          -
          """)
  void order_content_requires_permissions(
      String content, String customer, String write, String prices, String admin) {
    Caller both = SampleCallers.program(Scope.ORDERS_WRITE, Scope.PRICES_SET);
    PlaceOrder.Command command =
        new PlaceOrder.Command(
            draftWith(content),
            null,
            null,
            false,
            content.equals("a past time") ? Instant.EPOCH : null,
            null);

    assertThat(missingPermission(() -> place(ANN, command))).isEqualTo(customer);
    assertThat(missingPermission(() -> place(SHOP, command))).isEqualTo(write);
    assertThat(missingPermission(() -> place(both, command))).isEqualTo(prices);
    assertThat(missingPermission(() -> place(ADMIN, command))).isEqualTo(admin);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # content,        customer,         orders:write, prices too, admin
          a sku,           -,                -,            -,          -
          a price,         SET_PRICES,       SET_PRICES,   -,          -
          shipping,        SET_PRICES,       SET_PRICES,   -,          -
          prices with tax, SET_PRICES,       SET_PRICES,   -,          -
          another,         ORDER_FOR_OTHERS, -,            -,          -
          a group,         ORDER_FOR_OTHERS, -,            -,          -
          a count,         CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, -
          a time,          CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, -
          rules,           CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, -
          a policy,        CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, CREATE_WHAT_IF_QUOTES, -
          """)
  void quote_content_requires_permissions(
      String content, String customer, String write, String prices, String admin) {
    Caller both = SampleCallers.program(Scope.ORDERS_WRITE, Scope.PRICES_SET);
    QuoteCart.Command command =
        new QuoteCart.Command(
            draftWith(content),
            content.equals("a time") ? Instant.EPOCH : null,
            content.equals("rules") ? new QuoteCart.WhatIfRules(List.of(), Map.of()) : null,
            content.equals("a policy") ? Policy.DEFAULT : null);

    assertThat(missingPermission(() -> quote(ANN, command))).isEqualTo(customer);
    assertThat(missingPermission(() -> quote(SHOP, command))).isEqualTo(write);
    assertThat(missingPermission(() -> quote(both, command))).isEqualTo(prices);
    assertThat(missingPermission(() -> quote(ADMIN, command))).isEqualTo(admin);
  }

  @Test
  void customers_order_for_themselves() {
    assertThat(placed(ANN, basket(MUG)).customer()).isEqualTo(idOf(ANN));
    Customer herself = new Customer(ANN.name(), null, null);
    assertThat(placed(ANN, basket(MUG).withCustomer(herself)).customer()).isEqualTo(idOf(ANN));
    assertThat(placed(SHOP, basket(MUG).withCustomer(new Customer("c-1", null, null))).customer())
        .isEqualTo(new CustomerId("c-1"));
    assertThat(placed(SHOP, basket(MUG)).customer()).isNull();
  }

  @Test
  void denied_order_stores_nothing() {
    missingPermission(() -> place(ANN, new PlaceOrder.Command(basket(CHEAP))));
    missingPermission(
        () -> placeOrderBatch(ANN).placeAtomically(List.of(order(MUG), order(CHEAP))));

    assertThat(find(ADMIN).list(new FindOrders.Query(null, 10)).items()).isEmpty();
  }

  @Test
  void batch_places_only_the_orders_that_the_caller_may_place() {
    List<Result> results = placeOrderBatch(ANN).placeEach(List.of(order(MUG), order(CHEAP)));

    assertThat(results.getFirst()).isInstanceOf(Result.Processed.class);
    assertThat(results.getLast())
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(AccessDeniedException.class));
    assertThat(find(ANN).list(new FindOrders.Query(null, 10)).items()).hasSize(1);
  }

  @Test
  void atomic_batch_orders_belong_to_the_caller() {
    List<Result> results = placeOrderBatch(ANN).placeAtomically(List.of(order(MUG), order(MUG)));

    assertThat(results).hasSize(2).allMatch(Result.Processed.class::isInstance);
    assertThat(find(ANN).list(new FindOrders.Query(null, 10)).items()).hasSize(2);
  }

  @Test
  void customers_see_savings_but_no_rule_trace() {
    QuoteCart.Outcome.Quoted customers = quoted(ANN);
    QuoteCart.Outcome.Quoted shops = quoted(SHOP);

    assertThat(shops.quote().trace()).isNotEmpty();
    assertThat(customers.quote()).isEqualTo(shops.quote().withoutTrace());
    assertThat(customers.nextTiers()).isEqualTo(shops.nextTiers());

    PlaceOrder.Command withUnknownCode = new PlaceOrder.Command(withCode(basket(MUG)));
    assertThat(place(ANN, withUnknownCode))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected -> assertThat(rejected.quote().trace()).isEmpty());
    assertThat(place(SHOP, withUnknownCode))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected -> assertThat(rejected.quote().trace()).isNotEmpty());
    PlaceOrder.Command withOtherTotal =
        new PlaceOrder.Command(basket(MUG), new Money(1, USD), null, false, null, null);
    assertThat(place(ANN, withOtherTotal))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.PriceChanged.class,
            changed -> assertThat(changed.quote().trace()).isEmpty());
  }

  @Test
  void customers_find_only_their_own_orders() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));
    Order anonymous = placed(SHOP, basket(MUG));

    for (Order others : List.of(bobs, anonymous)) {
      assertThat(find(ANN).byId(others.id())).isEmpty();
      assertThat(find(ANN).byNumber(others.number())).isEmpty();
      assertThat(find(ANN).trace(others.id())).isEmpty();
      assertThat(find(ANN).history(others.id())).isEmpty();
      assertThat(find(ANN).refunds(others.id())).isEmpty();
    }
    assertThat(find(ANN).byId(anns.id())).contains(anns);
    assertThat(find(ANN).byNumber(anns.number())).contains(anns);
    assertThat(find(ANN).trace(anns.id())).contains(List.of());
    assertThat(find(ANN).history(anns.id()).orElseThrow()).hasSize(1);
    assertThat(find(ANN).refunds(anns.id())).contains(List.of());
    assertThat(find(ADMIN).trace(anns.id()).orElseThrow()).isNotEmpty();
  }

  @Test
  void customers_list_only_their_own_orders() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));

    assertThat(list(ANN, null)).containsExactly(anns);
    assertThat(list(ANN, idOf(ANN))).containsExactly(anns);
    assertThat(list(ANN, idOf(BOB))).isEmpty();
    assertThat(list(ADMIN, null)).containsExactlyInAnyOrder(anns, bobs);
    assertThat(list(ADMIN, idOf(BOB))).containsExactly(bobs);
  }

  @Test
  void customers_may_only_cancel_their_own_orders() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));

    assertThat(changeStatus(ANN, bobs.id(), OrderTransition.CANCEL))
        .isEqualTo(new ChangeOrderStatus.Outcome.NotFound());
    assertThat(changeStatus(ANN, bobs.id(), OrderTransition.PAY))
        .isEqualTo(new ChangeOrderStatus.Outcome.NotFound());
    assertThat(missingPermission(() -> changeStatus(ANN, anns.id(), OrderTransition.PAY)))
        .isEqualTo("MANAGE_ORDERS");
    assertThat(changeStatus(ANN, anns.id(), OrderTransition.CANCEL))
        .isInstanceOf(ChangeOrderStatus.Outcome.Changed.class);

    assertThat(lastActor(anns)).contains(ANN.name());
    assertThat(find(ADMIN).byId(bobs.id())).contains(bobs);
  }

  @Test
  void transitions_and_refunds_record_the_caller_as_actor() {
    Caller operator = SampleCallers.person(Role.OPERATOR);
    Order order = placed(ANN, basket(MUG));

    changeStatus(SHOP, order.id(), OrderTransition.PAY);
    assertThat(lastActor(order)).contains(SHOP.name());

    RefundOrder.Outcome refunded =
        fixture
            .useCases
            .orders()
            .refundOrder()
            .as(operator)
            .refund(
                new RefundOrder.Command(
                    order.id(),
                    null,
                    new RefundRequest(
                        new LinkedHashMap<>(Map.of(new Sku("MUG"), 1_000L)),
                        null,
                        new ShippingShare.None(),
                        null)));
    assertThat(refunded).isInstanceOf(RefundOrder.Outcome.Refunded.class);
    assertThat(lastActor(order)).contains(operator.name());
  }

  private static String missingPermission(Runnable call) {
    try {
      call.run();
      return "-";
    } catch (AccessDeniedException denied) {
      return denied.permission().name();
    }
  }

  private PlaceOrder.Outcome place(Caller caller, PlaceOrder.Command command) {
    return fixture.useCases.orders().placeOrder().as(caller).place(command);
  }

  private QuoteCart.Outcome quote(Caller caller, QuoteCart.Command command) {
    return fixture.useCases.quoteCart().as(caller).quote(command);
  }

  private QuoteCart.Outcome.Quoted quoted(Caller caller) {
    return (QuoteCart.Outcome.Quoted)
        quote(caller, new QuoteCart.Command(basket(MUG), null, null, null));
  }

  private PlaceOrderBatch placeOrderBatch(Caller caller) {
    return fixture.useCases.orders().placeOrderBatch().as(caller);
  }

  private FindOrders find(Caller caller) {
    return fixture.useCases.orders().findOrders().as(caller);
  }

  private List<Order> list(Caller caller, @Nullable CustomerId customer) {
    OrderFilter filter = customer == null ? OrderFilter.ALL : OrderFilter.ALL.forCustomer(customer);
    return find(caller)
        .list(new FindOrders.Query(filter, OrderSort.NEWEST_FIRST, null, 10))
        .items();
  }

  private ChangeOrderStatus.Outcome changeStatus(
      Caller caller, OrderId id, OrderTransition transition) {
    return fixture
        .useCases
        .orders()
        .changeOrderStatus()
        .as(caller)
        .changeStatus(new ChangeOrderStatus.Command(id, 1, transition, null));
  }

  private Optional<String> lastActor(Order order) {
    return find(ADMIN).history(order.id()).map(List::getLast).map(OrderEvent::actor);
  }

  private Order placed(Caller caller, CartDraft draft) {
    return switch (place(caller, new PlaceOrder.Command(draft))) {
      case PlaceOrder.Outcome.Placed placed -> placed.order();
      case PlaceOrder.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  private static PlaceOrder.Command order(Item item) {
    return new PlaceOrder.Command(basket(item));
  }

  private static CustomerId idOf(Caller caller) {
    return new CustomerId(caller.name());
  }

  private static CartDraft draftWith(String content) {
    return switch (content) {
      case "a price" -> basket(CHEAP);
      case "shipping" -> basket(new Shipping(new Money(500, USD), "ground"), false);
      case "free shipping" -> basket(new Shipping(new Money(0, USD), null), false);
      case "prices with tax" -> basket(null, true);
      case "another" -> basket(MUG).withCustomer(new Customer(BOB.name(), null, null));
      case "a group" -> basket(MUG).withCustomer(new Customer(null, "wholesale", null));
      case "a count" -> basket(MUG).withCustomer(new Customer(null, null, 4L));
      default -> basket(MUG);
    };
  }

  private static CartDraft basket(Item item) {
    return basket(item, null, false);
  }

  private static CartDraft basket(@Nullable Shipping shipping, boolean pricesIncludeTax) {
    return basket(MUG, shipping, pricesIncludeTax);
  }

  private static CartDraft basket(
      Item item, @Nullable Shipping shipping, boolean pricesIncludeTax) {
    return new CartDraft(
        USD,
        List.of(item),
        new LinkedHashSet<>(),
        Customer.ANONYMOUS,
        shipping,
        null,
        pricesIncludeTax,
        Metadata.of(Map.of()));
  }

  private static CartDraft withCode(CartDraft draft) {
    return new CartDraft(
        USD,
        draft.items(),
        new LinkedHashSet<>(List.of(new Code("NOSUCH"))),
        draft.customer(),
        null,
        null,
        false,
        draft.metadata());
  }
}
