package kassa.contract;

import static kassa.contract.SampleRules.definition;
import static kassa.contract.SampleRules.percentOff;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.CustomerId;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Orders that differ in all that orders are searched by, and what to search them by. */
public final class SearchableOrders {

  /** Takes 5 % off with the code SUMMER. */
  public static final RuleId WITH_CODE = SampleRules.nextId();

  private static final List<String> CURRENCIES = List.of("USD", "EUR", "USD", "JPY", "BHD");
  private static final List<String> SKUS = List.of("MUG", "PEN-1", "PEN-2", "12", "Käse", "käse");
  private static final RuleSet RULES =
      new RuleSet(7, List.of(ShippedRule.kept().toRule(), rule(WITH_CODE)), Policy.DEFAULT);

  private SearchableOrders() {}

  /** So many orders; two are placed each second. */
  public static List<NewOrder> orders(int count) {
    return IntStream.range(0, count).mapToObj(SearchableOrders::order).toList();
  }

  /** Filters of each kind alone and of many together, all of which find some of 40 orders. */
  public static List<OrderFilter> filters() {
    List<OrderFilter> filters = new ArrayList<>(List.of(OrderFilter.NONE));
    for (String text : List.of("12", "PEN", "PEN-2", "K", "k", "c-1", "3", "MUG", "zz", "'%_\\")) {
      filters.add(filter(null, null, null, null, null, null, null, text));
    }
    CustomerId customer = new CustomerId("c-1");
    Instant from = SampleOrders.START.plusSeconds(4);
    for (boolean late : new boolean[] {false, true}) {
      Instant placedFrom = late ? from : null;
      filters.add(filter(customer, placedFrom, null, null, null, null, null, null));
      filters.add(filter(null, placedFrom, "100", null, null, null, null, null));
      filters.add(filter(null, placedFrom, null, "EUR", null, null, null, null));
      filters.add(filter(null, placedFrom, null, null, "MUG", null, null, null));
      filters.add(filter(null, placedFrom, null, null, null, "summer", null, null));
      filters.add(filter(null, placedFrom, null, null, null, null, WITH_CODE, null));
      filters.add(filter(null, placedFrom, null, null, null, null, ShippedRule.ID, null));
      filters.add(filter(customer, placedFrom, null, null, "MUG", null, null, null));
      filters.add(filter(null, placedFrom, "12", "USD", "MUG", null, ShippedRule.ID, null));
      filters.add(filter(null, placedFrom, null, "USD", null, "SUMMER", null, "PEN"));
      filters.add(filter(customer, placedFrom, "1", "USD", "MUG", "SUMMER", WITH_CODE, "MUG"));
    }
    return filters.stream().flatMap(SearchableOrders::withStatuses).toList();
  }

  /** What has one of these, whatever else it has. */
  public static OrderFilter filter(
      @Nullable String sku,
      @Nullable String code,
      @Nullable RuleId rule,
      @Nullable String currency) {
    return filter(null, null, null, currency, sku, code, rule, null);
  }

  private static Stream<OrderFilter> withStatuses(OrderFilter filter) {
    return Stream.of(
            Set.<OrderStatus>of(), Set.of(OrderStatus.CANCELLED), Set.of(OrderStatus.values()))
        .map(statuses ->
            new OrderFilter(
                filter.customer(),
                statuses,
                filter.placedFrom(),
                statuses.size() == 1 ? SampleOrders.START.plusSeconds(15) : filter.placedTo(),
                filter.totalMin(),
                statuses.size() == 1 ? new BigDecimal("100000") : filter.totalMax(),
                filter.currency(),
                filter.sku(),
                filter.code(),
                filter.rule(),
                filter.text()));
  }

  private static OrderFilter filter(
      @Nullable CustomerId customer,
      @Nullable Instant placedFrom,
      @Nullable String totalMin,
      @Nullable String currency,
      @Nullable String sku,
      @Nullable String code,
      @Nullable RuleId rule,
      @Nullable String text) {
    return new OrderFilter(
        customer,
        Set.of(),
        placedFrom,
        null,
        totalMin == null ? null : new BigDecimal(totalMin),
        null,
        currency == null ? null : Currency.getInstance(currency),
        sku == null ? null : new Sku(sku),
        code == null ? null : new Code(code),
        rule,
        text);
  }

  private static NewOrder order(int i) {
    Currency currency = Currency.getInstance(CURRENCIES.get(i % CURRENCIES.size()));
    List<CartLine> lines = new ArrayList<>(List.of(line(i, i % 6, currency)));
    if (i % 3 == 0) {
      lines.add(line(i + 1, (i + 1) % 6, currency));
      lines.add(line(i, i % 6, currency));
    }
    Set<Code> codes = i % 4 == 0 ? Set.of(new Code(i % 8 == 0 ? "Summer" : "SUMMER")) : Set.of();
    String customer = i % 5 == 4 ? null : i % 7 == 0 ? "12" : "c-" + i % 4;
    return SampleOrders.of(
        new PricingRequest(
            new Cart(currency, lines),
            new LinkedHashSet<>(codes),
            new Customer(customer, null, null),
            null,
            Map.of("i", "" + i),
            SampleOrders.START.plusSeconds(i / 2),
            Map.of(),
            Map.of()),
        RULES);
  }

  private static CartLine line(int i, int sku, Currency currency) {
    return new CartLine(
        new Sku(SKUS.get(sku)),
        Quantity.of(i % 4 == 1 ? 12 : 1 + i % 2),
        UnitPrice.parse("" + (10 + i % 9), currency));
  }

  private static Rule rule(RuleId id) {
    RuleDefinition definition = definition(percentOff("5", "code", "SUMMER"));
    return new Rule(id, 1, true, definition);
  }
}
