package kassa.adapters.persistence.event.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.port.out.rule.RuleStore;
import kassa.contract.fixture.OrderAndRuleStores;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.TestRuleSets;
import kassa.contract.fixture.TestUsers;
import kassa.domain.catalogue.Product;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.order.NewOrder;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import kassa.domain.usage.UsageCounter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventsOfChangesTest {

  private static final Instant LATER = SampleProducts.START.plusSeconds(3600);

  @AutoClose private final TestDatabase database;

  EventsOfChangesTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Test
  void products() {
    ProductStore products = stores().products().by("usr_1");
    Product created = SampleProducts.created(SampleProducts.rich("MUG"));
    Product longest = SampleProducts.created(SampleProducts.withMaxValues("PEN"));
    assertThat(products.create(created, null)).isTrue();
    assertThat(products.create(created, null)).isFalse();
    assertThat(products.create(longest, null)).isTrue();
    Product replaced = created.replacedBy(SampleProducts.plain("MUG"), LATER);
    assertThat(products.replace(replaced)).isTrue();
    assertThat(products.replace(replaced)).isFalse();
    List<Product> put =
        products.putAll(
            List.of(SampleProducts.rich("MUG"), SampleProducts.plain("CUP")), LATER.plusSeconds(1));
    assertThat(products.delete(put.getFirst(), LATER.plusSeconds(2))).isTrue();
    assertThat(products.delete(put.getFirst(), LATER.plusSeconds(2))).isFalse();

    List<Event> events = await(6);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(
            EventType.PRODUCT_CREATED,
            EventType.PRODUCT_CREATED,
            EventType.PRODUCT_UPDATED,
            EventType.PRODUCT_UPDATED,
            EventType.PRODUCT_CREATED,
            EventType.PRODUCT_DELETED);
    assertThat(events)
        .extracting(Event::data)
        .containsExactly(
            new EventData.ProductData(created),
            new EventData.ProductData(longest),
            new EventData.ProductData(replaced),
            new EventData.ProductData(put.getFirst()),
            new EventData.ProductData(put.getLast()),
            new EventData.DeletedProduct(created.sku()));
    assertThat(events).extracting(Event::actor).containsOnly("usr_1");
    assertThat(events).extracting(Event::sequence).containsExactly(1, 1, 2, 3, 1, 4);
    assertThat(events.getLast().subject()).isEqualTo(new EventSubject.OfProduct(created.sku()));
    assertThat(events.getLast().occurredAt()).isEqualTo(LATER.plusSeconds(2));
  }

  @Test
  void rules() {
    RuleStore rules = stores().rules().rules().by("usr_1");
    StoredRule created =
        SampleRules.requireDone(
            rules.create(
                SampleRules.nextId(),
                RuleStatus.DRAFT,
                SampleRules.content(SampleRules.percentOff("10")),
                null));
    StoredRule active = SampleRules.changeStatus(rules, created.id(), RuleStatus.ACTIVE, LATER);
    StoredRule same = SampleRules.changeStatus(rules, created.id(), RuleStatus.ACTIVE, LATER);
    assertThat(same).isEqualTo(active);
    StoredRule replaced =
        SampleRules.requireDone(
            rules.replace(
                created.id(),
                active.revision(),
                SampleRules.content(
                    SampleRules.percentOff("20", "code", "HELLO"), LATER.plusSeconds(1))));
    rules.replace(created.id(), 1, SampleRules.content(SampleRules.percentOff("30")));
    StoredRule paused =
        SampleRules.changeStatus(rules, created.id(), RuleStatus.PAUSED, LATER.plusSeconds(2));
    StoredRule archived =
        SampleRules.changeStatus(rules, created.id(), RuleStatus.ARCHIVED, LATER.plusSeconds(3));

    List<Event> events = await(5);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(
            EventType.RULE_CREATED,
            EventType.RULE_ACTIVATED,
            EventType.RULE_UPDATED,
            EventType.RULE_PAUSED,
            EventType.RULE_ARCHIVED);
    assertThat(events)
        .extracting(Event::data)
        .containsExactly(
            new EventData.RuleData(created),
            new EventData.RuleData(active),
            new EventData.RuleData(replaced),
            new EventData.RuleData(paused),
            new EventData.RuleData(archived));
    assertThat(events).extracting(Event::sequence).containsExactly(1, 2, 3, 4, 5);
    assertThat(events).extracting(Event::actor).containsOnly("usr_1");
  }

  @Test
  void codes() {
    StoredRule rule =
        SampleRules.requireDone(
            stores()
                .rules()
                .rules()
                .create(
                    SampleRules.nextId(),
                    RuleStatus.DRAFT,
                    SampleRules.content(SampleRules.percentOff("10")),
                    null));
    var codes = stores().rules().codes().by("key_1");
    codes.add(rule.id(), List.of(new Code("One")), 5L, LATER, null);
    codes.add(rule.id(), List.of(new Code("Two"), new Code("Three")), null, LATER, null);
    codes.add(rule.id(), List.of(new Code("one")), null, LATER, null);

    List<Event> events = await(3);
    assertThat(events)
        .extracting(Event::data)
        .endsWith(
            new EventData.IssuedCodes(rule.id(), 1, "One", 5L),
            new EventData.IssuedCodes(rule.id(), 2, null, null));
    assertThat(events.getLast().subject()).isEqualTo(new EventSubject.OfRule(rule.id()));
    assertThat(events.getLast().sequence()).isNull();
    assertThat(events.getLast().actor()).isEqualTo("key_1");
  }

  @Test
  void users() {
    UserStore users = stores().identity().users().by("usr_1");
    User ann = TestUsers.user("ann@example.com", Role.OPERATOR);
    assertThat(users.add(new StoredUser(ann, "hash"))).isTrue();
    assertThat(users.add(new StoredUser(ann, "hash"))).isFalse();
    User disabled = TestUsers.updated(ann, Role.CUSTOMER, true);
    assertThat(users.update(disabled, LATER)).isEqualTo(UserStore.UpdateResult.DONE);
    assertThat(users.update(disabled, LATER)).isEqualTo(UserStore.UpdateResult.CONFLICT);

    List<Event> events = await(2);
    assertThat(events)
        .extracting(Event::data)
        .containsExactly(new EventData.UserData(ann), new EventData.UserData(disabled));
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(EventType.USER_CREATED, EventType.USER_UPDATED);
    assertThat(events.getLast().occurredAt()).isEqualTo(LATER);
  }

  @Test
  void limit_that_the_last_of_its_orders_used_up() {
    StoredRule rule =
        SampleRules.insertActive(
            stores().rules().rules(),
            SampleRules.percentOff(
                "10", "limits", SampleRules.fields("total", 3, "perCustomer", 1)));
    RuleSet rules = TestRuleSets.activeRules(orderAndRuleStores());
    List<OrderInsert> orders =
        List.of(
            insert(SampleOrders.under(rules, "c-1")),
            insert(SampleOrders.under(rules, "c-2")),
            insert(SampleOrders.under(rules, "c-3")),
            insert(SampleOrders.under(rules, "c-4")));
    stores().orders().insertAll(orders);

    List<Event> events = await(5);
    assertThat(events.getLast().type()).isEqualTo(EventType.LIMIT_EXHAUSTED);
    assertThat(events.getLast().data())
        .isEqualTo(
            new EventData.ExhaustedLimit(
                UsageCounter.ofTotal(rule.id()), 3, orders.get(2).order().id()));
    assertThat(events)
        .extracting(Event::type)
        .startsWith(EventType.RULE_CREATED)
        .filteredOn(EventType.ORDER_PLACED::equals)
        .hasSize(3);
  }

  private OrderAndRuleStores orderAndRuleStores() {
    return new OrderAndRuleStores(
        stores().orders(),
        stores().rules().rules(),
        stores().rules().codes(),
        stores().rules().limitUsage(),
        database::makeUnavailable);
  }

  private static OrderInsert insert(NewOrder order) {
    return new OrderInsert(order, null, null, "key_1");
  }

  private Stores stores() {
    return database.stores();
  }

  /** Transactions of other databases of the same server may delay events. */
  private List<Event> await(int count) {
    EventLog log = stores().events();
    List<Event> events = log.read(EventPosition.START, EventFilter.ALL, 100).events();
    while (events.size() < count) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      events = log.read(EventPosition.START, EventFilter.ALL, 100).events();
    }
    assertThat(events).hasSize(count);
    return events;
  }
}
