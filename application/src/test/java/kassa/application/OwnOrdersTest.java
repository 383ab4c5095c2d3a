package kassa.application;

import static kassa.contract.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.port.in.Basket;
import kassa.application.port.in.Basket.Item;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.NotAllowedException;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.RefundOrder;
import kassa.contract.SampleCallers;
import kassa.contract.SampleProducts;
import kassa.contract.ShippedRule;
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
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderSort;
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

/** What callers may say in a basket, and whose orders they meet. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnOrdersTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Caller.SignedIn ANN = SampleCallers.person(Role.CUSTOMER);
  private static final Caller.SignedIn BOB = SampleCallers.person(Role.CUSTOMER);
  private static final Caller SHOP = SampleCallers.program(Scope.ORDERS_WRITE);
  private static final Item MUG = new Item.FromCatalogue(new Sku("MUG"), Quantity.of(10));
  private static final Item CHEAP =
      new Item.Priced(new CartLine(new Sku("MUG"), Quantity.of(1), UnitPrice.parse("0.01", USD)));

  private final House house = new House();

  @BeforeEach
  void sell() {
    house.all.products().create(SampleProducts.created(SampleProducts.priced("MUG", "100.00")));
    ShippedRule.createIn(house.stores.rules());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # says,          customer,         orders:write, prices too, admin
          a sku,           -,                -,            -,          -
          a price,         SET_PRICES,       SET_PRICES,   -,          -
          shipping,        SET_PRICES,       SET_PRICES,   -,          -
          free shipping,   SET_PRICES,       SET_PRICES,   -,          -
          prices with tax, SET_PRICES,       SET_PRICES,   -,          -
          another,         ORDER_FOR_OTHERS, -,            -,          -
          a group,         ORDER_FOR_OTHERS, -,            -,          -
          a count,         ORDER_FOR_OTHERS, -,            -,          -
          """)
  void an_order_says_what_its_sender_may(
      String said, String customer, String write, String prices, String admin) {
    Caller both = SampleCallers.program(Scope.ORDERS_WRITE, Scope.PRICES_SET);
    PlaceOrder.Command command = new PlaceOrder.Command(saying(said));

    assertThat(missing(() -> place(ANN, command))).isEqualTo(customer);
    assertThat(missing(() -> place(SHOP, command))).isEqualTo(write);
    assertThat(missing(() -> place(both, command))).isEqualTo(prices);
    assertThat(missing(() -> place(ADMIN, command))).isEqualTo(admin);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # says,          customer,         orders:write, prices too, admin
          a sku,           -,                -,            -,          -
          a price,         SET_PRICES,       SET_PRICES,   -,          -
          shipping,        SET_PRICES,       SET_PRICES,   -,          -
          prices with tax, SET_PRICES,       SET_PRICES,   -,          -
          another,         ORDER_FOR_OTHERS, -,            -,          -
          a group,         ORDER_FOR_OTHERS, -,            -,          -
          a count,         TRY_OUT,          TRY_OUT,      TRY_OUT,    -
          a time,          TRY_OUT,          TRY_OUT,      TRY_OUT,    -
          rules,           TRY_OUT,          TRY_OUT,      TRY_OUT,    -
          a policy,        TRY_OUT,          TRY_OUT,      TRY_OUT,    -
          """)
  void a_quote_says_what_its_sender_may(
      String said, String customer, String write, String prices, String admin) {
    Caller both = SampleCallers.program(Scope.ORDERS_WRITE, Scope.PRICES_SET);
    QuoteCart.Command command =
        new QuoteCart.Command(
            saying(said),
            said.equals("a time") ? Instant.EPOCH : null,
            said.equals("rules") ? new QuoteCart.TriedRules(List.of(), Map.of()) : null,
            said.equals("a policy") ? Policy.DEFAULT : null);

    assertThat(missing(() -> quote(ANN, command))).isEqualTo(customer);
    assertThat(missing(() -> quote(SHOP, command))).isEqualTo(write);
    assertThat(missing(() -> quote(both, command))).isEqualTo(prices);
    assertThat(missing(() -> quote(ADMIN, command))).isEqualTo(admin);
  }

  @Test
  void what_a_customer_orders_is_theirs() {
    assertThat(placed(ANN, basket(MUG)).customer()).isEqualTo(idOf(ANN));
    Customer herself = new Customer(ANN.name(), null, null);
    assertThat(placed(ANN, basket(MUG).of(herself)).customer()).isEqualTo(idOf(ANN));
    assertThat(placed(SHOP, basket(MUG).of(new Customer("c-1", null, null))).customer())
        .isEqualTo(new CustomerId("c-1"));
    assertThat(placed(SHOP, basket(MUG)).customer()).isNull();
  }

  @Test
  void what_is_refused_places_nothing() {
    missing(() -> place(ANN, new PlaceOrder.Command(basket(CHEAP))));
    missing(() -> processOrders(ANN).processTogether(List.of(order(MUG), order(CHEAP))));

    assertThat(find(ADMIN).list(new FindOrders.Query(null, 10)).orders()).isEmpty();
  }

  @Test
  void of_many_orders_each_for_itself_those_are_placed_that_the_caller_may_place() {
    List<Result> results = processOrders(ANN).process(List.of(order(MUG), order(CHEAP)));

    assertThat(results.getFirst()).isInstanceOf(Result.Processed.class);
    assertThat(results.getLast())
        .isInstanceOfSatisfying(
            Result.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(NotAllowedException.class));
    assertThat(find(ANN).list(new FindOrders.Query(null, 10)).orders()).hasSize(1);
  }

  @Test
  void orders_that_are_placed_together_are_the_callers_as_well() {
    List<Result> results = processOrders(ANN).processTogether(List.of(order(MUG), order(MUG)));

    assertThat(results).hasSize(2).allMatch(Result.Processed.class::isInstance);
    assertThat(find(ANN).list(new FindOrders.Query(null, 10)).orders()).hasSize(2);
  }

  @Test
  void customers_are_told_what_they_save_and_not_why() {
    QuoteCart.Outcome.Quoted customers = quoted(ANN);
    QuoteCart.Outcome.Quoted shops = quoted(SHOP);

    assertThat(shops.quote().trace()).isNotEmpty();
    assertThat(customers.quote()).isEqualTo(shops.quote().withoutTrace());
    assertThat(customers.nextTiers()).isEqualTo(shops.nextTiers());

    PlaceOrder.Command withNoSuchCode = new PlaceOrder.Command(withCode(basket(MUG)));
    assertThat(place(ANN, withNoSuchCode))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected -> assertThat(rejected.quote().trace()).isEmpty());
    assertThat(place(SHOP, withNoSuchCode))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected -> assertThat(rejected.quote().trace()).isNotEmpty());
    PlaceOrder.Command forAnotherPrice =
        new PlaceOrder.Command(basket(MUG), new Money(1, USD), null, false);
    assertThat(place(ANN, forAnotherPrice))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.PriceChanged.class,
            changed -> assertThat(changed.quote().trace()).isEmpty());
  }

  @Test
  void customers_meet_their_own_orders_alone() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));
    Order nobodys = placed(SHOP, basket(MUG));

    for (Order others : List.of(bobs, nobodys)) {
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
  void customers_list_their_own_orders_alone() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));

    assertThat(list(ANN, null)).containsExactly(anns);
    assertThat(list(ANN, idOf(ANN))).containsExactly(anns);
    assertThat(list(ANN, idOf(BOB))).isEmpty();
    assertThat(list(ADMIN, null)).containsExactlyInAnyOrder(anns, bobs);
    assertThat(list(ADMIN, idOf(BOB))).containsExactly(bobs);
  }

  @Test
  void customers_cancel_their_own_orders_and_move_none() {
    Order anns = placed(ANN, basket(MUG));
    Order bobs = placed(BOB, basket(MUG));

    assertThat(move(ANN, bobs.id(), OrderMove.CANCEL)).isEqualTo(new MoveOrder.Outcome.Absent());
    assertThat(move(ANN, bobs.id(), OrderMove.PAY)).isEqualTo(new MoveOrder.Outcome.Absent());
    assertThat(missing(() -> move(ANN, anns.id(), OrderMove.PAY))).isEqualTo("MOVE_ORDERS");
    assertThat(move(ANN, anns.id(), OrderMove.CANCEL)).isInstanceOf(MoveOrder.Outcome.Moved.class);

    assertThat(lastActor(anns)).contains(ANN.name());
    assertThat(find(ADMIN).byId(bobs.id())).contains(bobs);
  }

  @Test
  void what_is_moved_and_refunded_is_written_down_as_done_by_its_caller() {
    Caller operator = SampleCallers.person(Role.OPERATOR);
    Order order = placed(ANN, basket(MUG));

    move(SHOP, order.id(), OrderMove.PAY);
    assertThat(lastActor(order)).contains(SHOP.name());

    RefundOrder.Outcome refunded =
        house
            .useCases
            .refundOrder()
            .by(operator)
            .refund(
                new RefundOrder.Command(
                    order.id(),
                    null,
                    new RefundRequest(
                        new LinkedHashMap<>(Map.of(new Sku("MUG"), 1L)),
                        null,
                        new ShippingShare.None(),
                        null)));
    assertThat(refunded).isInstanceOf(RefundOrder.Outcome.Refunded.class);
    assertThat(lastActor(order)).contains(operator.name());
  }

  private static String missing(Runnable call) {
    try {
      call.run();
      return "-";
    } catch (NotAllowedException denied) {
      return denied.permission().name();
    }
  }

  private PlaceOrder.Outcome place(Caller caller, PlaceOrder.Command command) {
    return house.useCases.placeOrder().by(caller).place(command);
  }

  private QuoteCart.Outcome quote(Caller caller, QuoteCart.Command command) {
    return house.useCases.quoteCart().by(caller).quote(command);
  }

  private QuoteCart.Outcome.Quoted quoted(Caller caller) {
    return (QuoteCart.Outcome.Quoted)
        quote(caller, new QuoteCart.Command(basket(MUG), null, null, null));
  }

  private ProcessOrders processOrders(Caller caller) {
    return house.useCases.processOrders().by(caller);
  }

  private FindOrders find(Caller caller) {
    return house.useCases.findOrders().by(caller);
  }

  private List<Order> list(Caller caller, @Nullable CustomerId customer) {
    OrderFilter filter = customer == null ? OrderFilter.NONE : OrderFilter.NONE.of(customer);
    return find(caller)
        .list(new FindOrders.Query(filter, OrderSort.NEWEST_FIRST, null, 10))
        .orders();
  }

  private MoveOrder.Outcome move(Caller caller, OrderId id, OrderMove move) {
    return house.useCases.moveOrder().by(caller).move(new MoveOrder.Command(id, 1, move, null));
  }

  private Optional<String> lastActor(Order order) {
    return find(ADMIN).history(order.id()).map(List::getLast).map(OrderEvent::actor);
  }

  private Order placed(Caller caller, Basket basket) {
    return switch (place(caller, new PlaceOrder.Command(basket))) {
      case PlaceOrder.Outcome.Placed placed -> placed.order();
      case PlaceOrder.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  private static ProcessOrders.Submission order(Item item) {
    return new ProcessOrders.Submission(new PlaceOrder.Command(basket(item)), null);
  }

  private static CustomerId idOf(Caller caller) {
    return new CustomerId(caller.name());
  }

  private static Basket saying(String said) {
    return switch (said) {
      case "a price" -> basket(CHEAP);
      case "shipping" -> basket(new Shipping(new Money(500, USD), "ground"), false);
      case "free shipping" -> basket(new Shipping(new Money(0, USD), null), false);
      case "prices with tax" -> basket(null, true);
      case "another" -> basket(MUG).of(new Customer(BOB.name(), null, null));
      case "a group" -> basket(MUG).of(new Customer(null, "wholesale", null));
      case "a count" -> basket(MUG).of(new Customer(null, null, 4L));
      default -> basket(MUG);
    };
  }

  private static Basket basket(Item item) {
    return basket(item, null, false);
  }

  private static Basket basket(@Nullable Shipping shipping, boolean pricesIncludeTax) {
    return basket(MUG, shipping, pricesIncludeTax);
  }

  private static Basket basket(Item item, @Nullable Shipping shipping, boolean pricesIncludeTax) {
    return new Basket(
        USD,
        List.of(item),
        new LinkedHashSet<>(),
        Customer.UNKNOWN,
        shipping,
        null,
        pricesIncludeTax,
        Metadata.of(Map.of()));
  }

  private static Basket withCode(Basket basket) {
    return new Basket(
        USD,
        basket.items(),
        new LinkedHashSet<>(List.of(new Code("NOSUCH"))),
        basket.customer(),
        null,
        null,
        false,
        basket.metadata());
  }
}
