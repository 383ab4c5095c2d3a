package kassa.contract;

import static kassa.contract.SampleRules.START;
import static kassa.contract.SampleRules.activeIn;
import static kassa.contract.SampleRules.done;
import static kassa.contract.SampleRules.fields;
import static kassa.contract.SampleRules.nextId;
import static kassa.contract.SampleRules.percentOff;
import static kassa.contract.SampleRules.writing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.application.port.out.UsageStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.pricing.RuleSet;
import kassa.domain.redemption.Claim;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the limits of rules have to pass, whoever keeps them: orders take of them, cancelled orders
 * give back, and a {@link UsageStore} tells how far they are used up.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class LimitsContract {

  private static final int THREADS = 8;
  private static final Instant LATER = START.plusSeconds(3600);
  private static final Currency USD = Currency.getInstance("USD");

  /** The stores under test. */
  protected abstract TestStores stores();

  @Test
  void a_limit_of_100_lets_100_of_1000_orders_pass_that_come_at_once() throws Exception {
    RuleId rule = limited("total", 100).id();
    RuleSet rules = TestRules.in(stores());

    List<Acceptance> outcomes = acceptTogether(1000, i -> SampleOrders.under(rules, null));

    assertThat(accepted(outcomes)).hasSize(100);
    assertThat(outcomes)
        .filteredOn(outcome -> !(outcome instanceof Acceptance.Accepted))
        .containsOnly(new Acceptance.Exhausted(Counter.ofAll(rule)));
    assertThat(stores().orders().newestFirst(null, 1000)).hasSize(100);
    assertThat(stores().usages().of(rule).orders()).isEqualTo(100);
    assertThat(used(Counter.ofAll(rule))).isEqualTo(100);
  }

  @Test
  void a_budget_is_filled_to_the_last_unit_and_never_exceeded() throws Exception {
    // Each order takes 10.00 off; the budget holds 25 of them and a half.
    RuleId rule = limited("budget", fields("type", "spend", "limit", "255.00")).id();
    RuleSet rules = TestRules.in(stores());

    List<Acceptance> outcomes = acceptTogether(60, i -> SampleOrders.under(rules, "c-" + i));

    assertThat(accepted(outcomes)).hasSize(25);
    assertThat(used(Counter.ofSpend(rule, USD))).isEqualTo(25_000);
    assertThat(stores().usages().of(rule))
        .isEqualTo(new RuleUsage(25, 0, 25, Map.of(USD, 25_000L)));
  }

  @Test
  void orders_that_claim_two_limits_never_wait_for_each_other() throws Exception {
    RuleId low = limited("total", 150, "priority", 1).id();
    RuleId high = limited("total", 200, "priority", 2).id();
    RuleSet rules = TestRules.in(stores());
    NewOrder sample = SampleOrders.under(rules, null);
    assertThat(sample.redemptions()).extracting(each -> each.rule()).containsExactly(high, low);
    assertThat(sample.claims())
        .extracting(Claim::counter)
        .containsExactly(Counter.ofAll(low), Counter.ofAll(high));
    RuleSet highOnly = only(rules, high);

    List<Acceptance> outcomes =
        acceptTogether(500, i -> SampleOrders.under(i % 3 == 0 ? highOnly : rules, null));

    assertThat(used(Counter.ofAll(low))).isLessThanOrEqualTo(150);
    assertThat(used(Counter.ofAll(high))).isEqualTo(200);
    assertThat(accepted(outcomes)).hasSize(200);
  }

  @Test
  void an_order_that_one_limit_refuses_takes_nothing_of_the_others() {
    RuleId free = limited("total", 10).id();
    RuleId full = limited("total", 0).id();
    NewOrder order = SampleOrders.under(TestRules.in(stores()), "c-1");
    NewOrder claiming = withClaims(order, free, 10, full, 0);

    assertThat(stores().orders().accept(claiming))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofAll(full)));

    assertThat(stores().orders().find(order.id())).isEmpty();
    assertThat(stores().orders().trace(order.id())).isEmpty();
    assertThat(used(Counter.ofAll(free))).isZero();
    assertThat(stores().usages().of(free)).isEqualTo(new RuleUsage(0, 0, 0, Map.of()));
  }

  @Test
  void a_customer_is_counted_alone_and_from_the_orders_before_there_was_a_limit() {
    KeptRule rule = activeIn(stores().rules(), percentOff("10"));
    accept("c-1");
    accept("c-1");
    accept("c-2");
    accept(null);

    done(
        stores()
            .rules()
            .replace(
                rule.id(),
                1,
                writing(percentOff("10", "limits", fields("perCustomer", 3, "total", 7)))));

    assertThat(
            stores()
                .usages()
                .read(
                    Set.of(
                        Counter.ofAll(rule.id()),
                        Counter.ofCustomer(rule.id(), "c-1"),
                        Counter.ofCustomer(rule.id(), "c-2"),
                        Counter.ofCustomer(rule.id(), "c-3"))))
        .isEqualTo(
            Map.of(
                Counter.ofAll(rule.id()),
                4L,
                Counter.ofCustomer(rule.id(), "c-1"),
                2L,
                Counter.ofCustomer(rule.id(), "c-2"),
                1L,
                Counter.ofCustomer(rule.id(), "c-3"),
                0L));
    accept("c-1");
    assertThat(stores().orders().accept(order("c-1")))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofCustomer(rule.id(), "c-1")));
    accept("c-2");
    accept("c-2");
    assertThat(stores().orders().accept(order("c-3")))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofAll(rule.id())));
  }

  @Test
  void what_was_used_while_there_was_no_limit_counts_when_there_is_one_again() {
    KeptRule rule = limited("total", 5);
    accept(null);
    done(stores().rules().replace(rule.id(), 1, writing(percentOff("10"))));
    accept(null);
    accept(null);
    done(
        stores()
            .rules()
            .replace(rule.id(), 2, writing(percentOff("10", "limits", fields("total", 4)))));

    assertThat(used(Counter.ofAll(rule.id()))).isEqualTo(3);
    accept(null);
    assertThat(stores().orders().accept(order(null)))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofAll(rule.id())));
  }

  @Test
  void a_code_is_counted_by_its_key() {
    KeptRule rule =
        done(
            stores()
                .rules()
                .create(
                    nextId(),
                    RuleStatus.DRAFT,
                    writing(percentOff("10", "limits", fields("perCode", 2)))));
    stores().codes().add(rule.id(), List.of(new Code("One"), new Code("Two")), null, START);
    stores().rules().move(rule.id(), null, RuleStatus.ACTIVE, LATER);

    accept(null, "ONE");
    accept(null, "one");
    accept(null, "two");

    assertThat(stores().orders().accept(order(null, "One")))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofCode(rule.id(), new Code("one"))));
    assertThat(used(Counter.ofCode(rule.id(), new Code("TWO")))).isEqualTo(1);
    assertThat(stores().codes().redeemed(new Code("one"))).isEqualTo(2);
  }

  @Test
  void a_cancelled_order_gives_back_once_what_it_used() throws Exception {
    RuleId rule =
        limited("total", 5, "perCustomer", 5, "budget", fields("type", "spend", "limit", "1000"))
            .id();
    accept("c-1");
    Order order = accept("c-1");

    List<Boolean> outcomes =
        Together.run(
            4,
            8,
            i ->
                stores()
                    .orders()
                    .change(order.move(OrderMove.CANCEL, "by " + i, LATER, null).orElseThrow()));

    assertThat(outcomes).containsOnlyOnce(true);
    assertThat(used(Counter.ofAll(rule))).isEqualTo(1);
    assertThat(used(Counter.ofCustomer(rule, "c-1"))).isEqualTo(1);
    assertThat(used(Counter.ofSpend(rule, USD))).isEqualTo(1_000);
    assertThat(stores().usages().of(rule)).isEqualTo(new RuleUsage(1, 1, 1, Map.of(USD, 1_000L)));
  }

  @Test
  void an_order_of_the_past_that_was_cancelled_gives_back_what_it_used() {
    RuleId reusable =
        limited("total", 5, "perCustomer", 5, "budget", fields("type", "spend", "limit", "1000"))
            .id();
    RuleId spent = limited("total", 5, "reusableAfterCancel", false).id();
    NewOrder calledOff = order("c-1");
    NewOrder kept = order("c-1");

    List<Acceptance> outcomes =
        stores()
            .orders()
            .acceptAll(
                List.of(
                    new Submission(
                        calledOff,
                        calledOff
                            .accepted(new OrderNumber(1))
                            .move(OrderMove.CANCEL, null, LATER, null)
                            .orElseThrow(),
                        null),
                    new Submission(kept, null)));

    assertThat(accepted(outcomes)).containsExactly(calledOff.id(), kept.id());
    assertThat(used(Counter.ofAll(reusable))).isEqualTo(1);
    assertThat(used(Counter.ofCustomer(reusable, "c-1"))).isEqualTo(1);
    assertThat(used(Counter.ofSpend(reusable, USD))).isEqualTo(1_000);
    assertThat(stores().usages().of(reusable).orders()).isEqualTo(1);
    assertThat(used(Counter.ofAll(spent))).isEqualTo(2);
    SampleChanges.cancel(stores().orders(), kept.id(), LATER);
    assertThat(used(Counter.ofAll(reusable))).isZero();
  }

  @Test
  void what_may_not_be_used_again_is_not_given_back() {
    RuleId rule = limited("total", 1, "reusableAfterCancel", false).id();
    Order order = accept("c-1");

    SampleChanges.cancel(stores().orders(), order.id(), LATER);

    assertThat(used(Counter.ofAll(rule))).isEqualTo(1);
    assertThat(stores().usages().of(rule)).isEqualTo(new RuleUsage(1, 0, 1, Map.of(USD, 1_000L)));
    assertThat(stores().orders().accept(order("c-2")))
        .isEqualTo(new Acceptance.Exhausted(Counter.ofAll(rule)));
  }

  @Test
  void a_limit_holds_while_orders_come_and_go() throws Exception {
    RuleId rule = limited("total", 20, "perCustomer", 3).id();
    RuleSet rules = TestRules.in(stores());

    Together.run(
        THREADS,
        200,
        i -> {
          NewOrder order = SampleOrders.under(rules, "c-" + i % 11);
          if (stores().orders().accept(order) instanceof Acceptance.Accepted && i % 2 == 0) {
            SampleChanges.cancel(stores().orders(), order.id(), LATER);
          }
          return i;
        });

    List<Order> orders = stores().orders().newestFirst(null, 1000);
    long placed = orders.stream().filter(order -> order.version() == 1).count();
    assertThat(placed).isLessThanOrEqualTo(20);
    assertThat(used(Counter.ofAll(rule))).isEqualTo(placed);
    for (int customer = 0; customer < 11; customer++) {
      String id = "c-" + customer;
      long ofCustomer =
          orders.stream()
              .filter(order -> order.version() == 1)
              .filter(order -> order.customer() != null && order.customer().value().equals(id))
              .count();
      assertThat(ofCustomer).isLessThanOrEqualTo(3);
      assertThat(used(Counter.ofCustomer(rule, id))).isEqualTo(ofCustomer);
    }
  }

  @Test
  void a_cancelled_order_makes_room_for_another() {
    RuleId rule = limited("total", 1).id();
    Order order = accept(null);
    assertThat(stores().orders().accept(order(null))).isInstanceOf(Acceptance.Exhausted.class);

    SampleChanges.cancel(stores().orders(), order.id(), LATER);

    accept(null);
    assertThat(used(Counter.ofAll(rule))).isEqualTo(1);
  }

  @Test
  void nothing_is_used_of_what_is_not_there() {
    RuleId absent = nextId();

    assertThat(stores().usages().of(absent)).isEqualTo(new RuleUsage(0, 0, 0, Map.of()));
    assertThat(stores().usages().read(List.of(Counter.ofAll(absent))))
        .isEqualTo(Map.of(Counter.ofAll(absent), 0L));
    assertThat(stores().usages().read(List.of())).isEmpty();
  }

  @Test
  void reads_many_counters_at_once() {
    List<Counter> counters = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RuleId rule = nextId();
      counters.add(Counter.ofAll(rule));
      counters.add(Counter.ofCustomer(rule, "c-1"));
      counters.add(Counter.ofSpend(rule, USD));
      counters.add(Counter.ofCode(rule, new Code("x")));
    }

    assertThat(stores().usages().read(counters))
        .containsOnlyKeys(counters)
        .allSatisfy((counter, value) -> assertThat(value).isZero());
  }

  @Test
  void an_outage_is_never_answered_as_nothing_used() throws Exception {
    stores().away().run();

    Together.assertUnavailable(
        () -> stores().usages().of(ShippedRule.ID),
        () -> stores().usages().read(List.of(Counter.ofAll(ShippedRule.ID))));
  }

  private KeptRule limited(Object... limits) {
    List<Object> ofRule = new ArrayList<>();
    List<Object> ofLimits = new ArrayList<>();
    for (int i = 0; i < limits.length; i += 2) {
      List<Object> side = limits[i].equals("priority") ? ofRule : ofLimits;
      side.add(limits[i]);
      side.add(limits[i + 1]);
    }
    ofRule.add("limits");
    ofRule.add(fields(ofLimits.toArray()));
    return activeIn(stores().rules(), percentOff("10", ofRule.toArray()));
  }

  private NewOrder order(@Nullable String customer, String... codes) {
    return SampleOrders.under(TestRules.in(stores()), customer, codes);
  }

  private Order accept(@Nullable String customer, String... codes) {
    return SampleOrders.accept(stores().orders(), order(customer, codes));
  }

  private long used(Counter counter) {
    return stores().usages().read(List.of(counter)).getOrDefault(counter, -1L);
  }

  private List<Acceptance> acceptTogether(int count, IntFunction<NewOrder> order) throws Exception {
    List<NewOrder> orders = IntStream.range(0, count).mapToObj(order).toList();
    return Together.run(THREADS, count, i -> stores().orders().accept(orders.get(i)));
  }

  private static List<OrderId> accepted(List<Acceptance> outcomes) {
    return outcomes.stream()
        .filter(Acceptance.Accepted.class::isInstance)
        .map(outcome -> ((Acceptance.Accepted) outcome).order().id())
        .toList();
  }

  private static RuleSet only(RuleSet rules, RuleId id) {
    return new RuleSet(
        rules.version(),
        rules.rules().stream().filter(rule -> rule.id().equals(id)).toList(),
        rules.policy());
  }

  private static NewOrder withClaims(
      NewOrder order, RuleId first, long firstLimit, RuleId second, long secondLimit) {
    return new NewOrder(
        order.id(),
        order.customer(),
        order.context(),
        order.price(),
        order.rejected(),
        order.trace(),
        order.redemptions(),
        List.of(
            new Claim(Counter.ofAll(first), 1, firstLimit),
            new Claim(Counter.ofAll(second), 1, secondLimit)),
        order.metadata(),
        order.placedAt());
  }
}
