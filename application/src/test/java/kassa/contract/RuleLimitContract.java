package kassa.contract;

import static kassa.contract.fixture.SampleRules.START;
import static kassa.contract.fixture.SampleRules.content;
import static kassa.contract.fixture.SampleRules.fields;
import static kassa.contract.fixture.SampleRules.insertActive;
import static kassa.contract.fixture.SampleRules.nextId;
import static kassa.contract.fixture.SampleRules.percentOff;
import static kassa.contract.fixture.SampleRules.requireDone;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.port.out.rule.UsageStore;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.OrderAndRuleStores;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.contract.fixture.TestRuleSets;
import kassa.domain.money.Money;
import kassa.domain.money.MoneySum;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderTransition;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.RuleUsage;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of rule limits: orders reserve usage, cancelled orders release it, and {@link
 * UsageStore} reads it. Every implementation has to pass these tests.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RuleLimitContract {

  private static final int THREADS = 8;
  private static final Instant LATER = START.plusSeconds(3600);
  private static final Currency USD = Currency.getInstance("USD");

  /** The stores under test. */
  protected abstract OrderAndRuleStores stores();

  @Test
  void limit_of_100_allows_100_of_1000_concurrent_orders() throws Exception {
    RuleId rule = limited("total", 100).id();
    RuleSet rules = TestRuleSets.activeRules(stores());

    List<InsertResult> outcomes = insertConcurrently(1000, i -> SampleOrders.under(rules, null));

    assertThat(inserted(outcomes)).hasSize(100);
    assertThat(outcomes)
        .filteredOn(outcome -> !(outcome instanceof InsertResult.Inserted))
        .containsOnly(new InsertResult.LimitExceeded(UsageCounter.ofTotal(rule)));
    assertThat(stores().orders().listNewestFirst(null, 1000)).hasSize(100);
    assertThat(stores().limitUsage().usageOf(rule).orders()).isEqualTo(100);
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(100);
  }

  @Test
  void budget_is_used_up_exactly_and_never_exceeded() throws Exception {
    // The discount of each order is 10.00; the budget is enough for 25.5 orders.
    RuleId rule = limited("budget", fields("type", "spend", "limit", "255.00")).id();
    RuleSet rules = TestRuleSets.activeRules(stores());

    List<InsertResult> outcomes = insertConcurrently(60, i -> SampleOrders.under(rules, "c-" + i));

    assertThat(inserted(outcomes)).hasSize(25);
    assertThat(usageOf(UsageCounter.ofSpend(rule, USD))).isEqualTo(25_000);
    assertThat(stores().limitUsage().usageOf(rule))
        .isEqualTo(new RuleUsage(25, 0, 25, Map.of(USD, MoneySum.of(new Money(25_000, USD)))));
  }

  @Test
  void orders_reserving_two_limits_never_deadlock() throws Exception {
    RuleId low = limited("total", 150, "priority", 1).id();
    RuleId high = limited("total", 200, "priority", 2).id();
    RuleSet rules = TestRuleSets.activeRules(stores());
    NewOrder sample = SampleOrders.under(rules, null);
    assertThat(sample.redemptions()).extracting(each -> each.rule()).containsExactly(high, low);
    assertThat(sample.reservations())
        .extracting(LimitReservation::counter)
        .containsExactly(UsageCounter.ofTotal(low), UsageCounter.ofTotal(high));
    RuleSet highOnly = only(rules, high);

    List<InsertResult> outcomes =
        insertConcurrently(500, i -> SampleOrders.under(i % 3 == 0 ? highOnly : rules, null));

    assertThat(usageOf(UsageCounter.ofTotal(low))).isLessThanOrEqualTo(150);
    assertThat(usageOf(UsageCounter.ofTotal(high))).isEqualTo(200);
    assertThat(inserted(outcomes)).hasSize(200);
  }

  @Test
  void atomic_batch_names_the_order_that_a_limit_does_not_allow() {
    RuleId rule = limited("total", 2).id();
    RuleSet rules = TestRuleSets.activeRules(stores());
    List<OrderInsert> three =
        IntStream.range(0, 3)
            .mapToObj(i -> new OrderInsert(SampleOrders.under(rules, null), null))
            .toList();

    assertThat(stores().orders().insertAtomically(three))
        .isEqualTo(new AtomicInsertResult.LimitExceeded(2, UsageCounter.ofTotal(rule)));
    assertThat(stores().orders().listNewestFirst(null, 10)).isEmpty();
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isZero();

    assertThat(stores().orders().insertAtomically(three.subList(0, 2)))
        .isInstanceOfSatisfying(
            AtomicInsertResult.Inserted.class,
            inserted -> assertThat(inserted.orders()).hasSize(2));
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(2);
  }

  @Test
  void stores_an_order_with_thousands_of_discounts() {
    for (int i = 0; i < 6; i++) {
      insertActive(stores().rules(), percentOff("1"));
    }
    NewOrder order = SampleOrders.ofLines(500, TestRuleSets.activeRules(stores()));
    assertThat(order.price().rowCount()).isEqualTo(500 + 6 * 500);

    Order stored = ((InsertResult.Inserted) stores().orders().insert(order)).order();

    assertThat(stores().orders().find(order.id())).contains(stored);
    assertThat(stores().orders().trace(order.id())).contains(order.trace());
  }

  @Test
  void order_rejected_by_one_limit_reserves_nothing_of_the_others() {
    RuleId free = limited("total", 10).id();
    RuleId full = limited("total", 0).id();
    NewOrder order = SampleOrders.under(TestRuleSets.activeRules(stores()), "c-1");
    NewOrder reserving = withReservations(order, free, 10, full, 0);

    assertThat(stores().orders().insert(reserving))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofTotal(full)));

    assertThat(stores().orders().find(order.id())).isEmpty();
    assertThat(stores().orders().trace(order.id())).isEmpty();
    assertThat(usageOf(UsageCounter.ofTotal(free))).isZero();
    assertThat(stores().limitUsage().usageOf(free)).isEqualTo(new RuleUsage(0, 0, 0, Map.of()));
  }

  @Test
  void customer_limit_counts_only_their_orders_including_earlier_ones() {
    StoredRule rule = insertActive(stores().rules(), percentOff("10"));
    insert("c-1");
    insert("c-1");
    insert("c-2");
    insert(null);

    requireDone(
        stores()
            .rules()
            .replace(
                rule.id(),
                1,
                content(percentOff("10", "limits", fields("perCustomer", 3, "total", 7)))));

    assertThat(
            stores()
                .limitUsage()
                .read(
                    Set.of(
                        UsageCounter.ofTotal(rule.id()),
                        UsageCounter.ofCustomer(rule.id(), "c-1"),
                        UsageCounter.ofCustomer(rule.id(), "c-2"),
                        UsageCounter.ofCustomer(rule.id(), "c-3"))))
        .isEqualTo(
            Map.of(
                UsageCounter.ofTotal(rule.id()),
                4L,
                UsageCounter.ofCustomer(rule.id(), "c-1"),
                2L,
                UsageCounter.ofCustomer(rule.id(), "c-2"),
                1L,
                UsageCounter.ofCustomer(rule.id(), "c-3"),
                0L));
    insert("c-1");
    assertThat(stores().orders().insert(order("c-1")))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofCustomer(rule.id(), "c-1")));
    insert("c-2");
    insert("c-2");
    assertThat(stores().orders().insert(order("c-3")))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofTotal(rule.id())));
  }

  @Test
  void usage_without_a_limit_counts_once_a_limit_is_set_again() {
    StoredRule rule = limited("total", 5);
    insert(null);
    requireDone(stores().rules().replace(rule.id(), 1, content(percentOff("10"))));
    insert(null);
    insert(null);
    requireDone(
        stores()
            .rules()
            .replace(rule.id(), 2, content(percentOff("10", "limits", fields("total", 4)))));

    assertThat(usageOf(UsageCounter.ofTotal(rule.id()))).isEqualTo(3);
    insert(null);
    assertThat(stores().orders().insert(order(null)))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofTotal(rule.id())));
  }

  @Test
  void a_code_is_counted_by_its_key() {
    StoredRule rule =
        requireDone(
            stores()
                .rules()
                .create(
                    nextId(),
                    RuleStatus.DRAFT,
                    content(percentOff("10", "limits", fields("perCode", 2))),
                    null));
    stores().codes().add(rule.id(), List.of(new Code("One"), new Code("Two")), null, START, null);
    SampleRules.changeStatus(stores().rules(), rule.id(), RuleStatus.ACTIVE, LATER);

    insert(null, "ONE");
    insert(null, "one");
    insert(null, "two");

    assertThat(stores().orders().insert(order(null, "One")))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofCode(rule.id(), new Code("one"))));
    assertThat(usageOf(UsageCounter.ofCode(rule.id(), new Code("TWO")))).isEqualTo(1);
    assertThat(stores().codes().countRedemptions(new Code("one"))).isEqualTo(2);
  }

  @Test
  void cancelled_order_releases_its_usage_once() throws Exception {
    RuleId rule =
        limited("total", 5, "perCustomer", 5, "budget", fields("type", "spend", "limit", "1000"))
            .id();
    insert("c-1");
    Order order = insert("c-1");

    List<Boolean> outcomes =
        ConcurrentRuns.run(
            4,
            8,
            i ->
                stores()
                    .orders()
                    .change(
                        order
                            .transition(OrderTransition.CANCEL, "by " + i, LATER, null)
                            .orElseThrow(),
                        null));

    assertThat(outcomes).containsOnlyOnce(true);
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(1);
    assertThat(usageOf(UsageCounter.ofCustomer(rule, "c-1"))).isEqualTo(1);
    assertThat(usageOf(UsageCounter.ofSpend(rule, USD))).isEqualTo(1_000);
    assertThat(stores().limitUsage().usageOf(rule))
        .isEqualTo(new RuleUsage(1, 1, 1, Map.of(USD, MoneySum.of(new Money(1_000, USD)))));
  }

  @Test
  void cancelled_historical_order_releases_its_usage() {
    RuleId reusable =
        limited("total", 5, "perCustomer", 5, "budget", fields("type", "spend", "limit", "1000"))
            .id();
    RuleId spent = limited("total", 5, "reusableAfterCancel", false).id();
    NewOrder cancelled = order("c-1");
    NewOrder stored = order("c-1");

    List<InsertResult> outcomes =
        stores()
            .orders()
            .insertAll(
                List.of(
                    new OrderInsert(
                        cancelled,
                        cancelled
                            .toOrder(new OrderNumber(1))
                            .transition(OrderTransition.CANCEL, null, LATER, null)
                            .orElseThrow(),
                        null),
                    new OrderInsert(stored, null)));

    assertThat(inserted(outcomes)).containsExactly(cancelled.id(), stored.id());
    assertThat(usageOf(UsageCounter.ofTotal(reusable))).isEqualTo(1);
    assertThat(usageOf(UsageCounter.ofCustomer(reusable, "c-1"))).isEqualTo(1);
    assertThat(usageOf(UsageCounter.ofSpend(reusable, USD))).isEqualTo(1_000);
    assertThat(stores().limitUsage().usageOf(reusable).orders()).isEqualTo(1);
    assertThat(usageOf(UsageCounter.ofTotal(spent))).isEqualTo(2);
    SampleOrderChanges.cancel(stores().orders(), stored.id(), LATER);
    assertThat(usageOf(UsageCounter.ofTotal(reusable))).isZero();
  }

  @Test
  void non_reusable_usage_is_not_released() {
    RuleId rule = limited("total", 1, "reusableAfterCancel", false).id();
    Order order = insert("c-1");

    SampleOrderChanges.cancel(stores().orders(), order.id(), LATER);

    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(1);
    assertThat(stores().limitUsage().usageOf(rule))
        .isEqualTo(new RuleUsage(1, 0, 1, Map.of(USD, MoneySum.of(new Money(1_000, USD)))));
    assertThat(stores().orders().insert(order("c-2")))
        .isEqualTo(new InsertResult.LimitExceeded(UsageCounter.ofTotal(rule)));
  }

  @Test
  void limit_holds_while_orders_are_placed_and_cancelled() throws Exception {
    RuleId rule = limited("total", 20, "perCustomer", 3).id();
    RuleSet rules = TestRuleSets.activeRules(stores());

    ConcurrentRuns.run(
        THREADS,
        200,
        i -> {
          NewOrder order = SampleOrders.under(rules, "c-" + i % 11);
          if (stores().orders().insert(order) instanceof InsertResult.Inserted && i % 2 == 0) {
            SampleOrderChanges.cancel(stores().orders(), order.id(), LATER);
          }
          return i;
        });

    List<Order> orders = stores().orders().listNewestFirst(null, 1000);
    long placed = orders.stream().filter(order -> order.version() == 1).count();
    assertThat(placed).isLessThanOrEqualTo(20);
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(placed);
    for (int customer = 0; customer < 11; customer++) {
      String id = "c-" + customer;
      long ofCustomer =
          orders.stream()
              .filter(order -> order.version() == 1)
              .filter(order -> order.customer() != null && order.customer().value().equals(id))
              .count();
      assertThat(ofCustomer).isLessThanOrEqualTo(3);
      assertThat(usageOf(UsageCounter.ofCustomer(rule, id))).isEqualTo(ofCustomer);
    }
  }

  @Test
  void cancelled_order_frees_the_limit_for_another() {
    RuleId rule = limited("total", 1).id();
    Order order = insert(null);
    assertThat(stores().orders().insert(order(null)))
        .isInstanceOf(InsertResult.LimitExceeded.class);

    SampleOrderChanges.cancel(stores().orders(), order.id(), LATER);

    insert(null);
    assertThat(usageOf(UsageCounter.ofTotal(rule))).isEqualTo(1);
  }

  @Test
  void unknown_counters_are_zero() {
    RuleId absent = nextId();

    assertThat(stores().limitUsage().usageOf(absent)).isEqualTo(new RuleUsage(0, 0, 0, Map.of()));
    assertThat(stores().limitUsage().read(List.of(UsageCounter.ofTotal(absent))))
        .isEqualTo(Map.of(UsageCounter.ofTotal(absent), 0L));
    assertThat(stores().limitUsage().read(List.of())).isEmpty();
  }

  @Test
  void reads_many_counters_at_once() {
    List<UsageCounter> counters = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      RuleId rule = nextId();
      counters.add(UsageCounter.ofTotal(rule));
      counters.add(UsageCounter.ofCustomer(rule, "c-1"));
      counters.add(UsageCounter.ofSpend(rule, USD));
      counters.add(UsageCounter.ofCode(rule, new Code("x")));
    }

    assertThat(stores().limitUsage().read(counters))
        .containsOnlyKeys(counters)
        .allSatisfy((counter, value) -> assertThat(value).isZero());
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_zero_usage() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> stores().limitUsage().usageOf(SeedRule.ID),
        () -> stores().limitUsage().read(List.of(UsageCounter.ofTotal(SeedRule.ID))));
  }

  private StoredRule limited(Object... limits) {
    List<Object> ofRule = new ArrayList<>();
    List<Object> ofLimits = new ArrayList<>();
    for (int i = 0; i < limits.length; i += 2) {
      List<Object> side = limits[i].equals("priority") ? ofRule : ofLimits;
      side.add(limits[i]);
      side.add(limits[i + 1]);
    }
    ofRule.add("limits");
    ofRule.add(fields(ofLimits.toArray()));
    return insertActive(stores().rules(), percentOff("10", ofRule.toArray()));
  }

  private NewOrder order(@Nullable String customer, String... codes) {
    return SampleOrders.under(TestRuleSets.activeRules(stores()), customer, codes);
  }

  private Order insert(@Nullable String customer, String... codes) {
    return SampleOrders.insert(stores().orders(), order(customer, codes));
  }

  private long usageOf(UsageCounter counter) {
    return stores().limitUsage().read(List.of(counter)).getOrDefault(counter, -1L);
  }

  private List<InsertResult> insertConcurrently(int count, IntFunction<NewOrder> order)
      throws Exception {
    List<NewOrder> orders = IntStream.range(0, count).mapToObj(order).toList();
    return ConcurrentRuns.run(THREADS, count, i -> stores().orders().insert(orders.get(i)));
  }

  private static List<OrderId> inserted(List<InsertResult> outcomes) {
    return outcomes.stream()
        .filter(InsertResult.Inserted.class::isInstance)
        .map(outcome -> ((InsertResult.Inserted) outcome).order().id())
        .toList();
  }

  private static RuleSet only(RuleSet rules, RuleId id) {
    return new RuleSet(
        rules.version(),
        rules.rules().stream().filter(rule -> rule.id().equals(id)).toList(),
        rules.policy());
  }

  private static NewOrder withReservations(
      NewOrder order, RuleId first, long firstLimit, RuleId second, long secondLimit) {
    return new NewOrder(
        order.id(),
        new OrderContent(
            order.customer(),
            order.context(),
            order.price(),
            order.rejected(),
            order.metadata(),
            order.placedAt()),
        order.trace(),
        order.redemptions(),
        List.of(
            new LimitReservation(UsageCounter.ofTotal(first), 1, firstLimit),
            new LimitReservation(UsageCounter.ofTotal(second), 1, secondLimit)));
  }
}
