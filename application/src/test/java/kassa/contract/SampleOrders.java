package kassa.contract;

import static kassa.contract.SampleRules.definition;
import static kassa.contract.SampleRules.fields;
import static kassa.contract.SampleRules.percentOff;

import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import kassa.application.port.out.OrderStore;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContext;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.CodeUse;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.Shipping;
import kassa.domain.pricing.Usage;
import kassa.domain.redemption.Redemption;
import kassa.domain.redemption.Usages;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Orders for tests. Each has an id of its own, and the ids rise. */
public final class SampleOrders {

  /** The time of the first sample. */
  public static final Instant START = Instant.parse("2026-06-15T12:00:00.123456Z");

  private static final Currency USD = Currency.getInstance("USD");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final Currency BHD = Currency.getInstance("BHD");
  private static final AtomicLong IDS = new AtomicLong();
  private static final RuleId TIRED = SampleRules.nextId();
  private static final RuleSet FULLEST = fullestRules();

  private SampleOrders() {}

  /** A new id, greater than all before it. */
  public static OrderId nextId() {
    return new OrderId(new UUID(0x019b_76da_a800_7000L, IDS.incrementAndGet()));
  }

  /** An order of one line, placed so many seconds after {@link #START}. */
  public static NewOrder placedAfter(long seconds) {
    return new NewOrder(
        nextId(),
        null,
        price(new Cart(USD, List.of(line("MUG", "10", "100.00", USD)))),
        Metadata.of(Map.of()),
        START.plusSeconds(seconds));
  }

  /** An order with everything that an order can have. */
  public static NewOrder rich() {
    List<CartLine> lines =
        List.of(
            line("Käse, jung", "2.125", "0.005125", BHD),
            line("MUG", "50", "1000000000", BHD),
            line("MUG", "10", "19.990", BHD));
    return new NewOrder(
        nextId(),
        new CustomerId("c-4711"),
        price(new Cart(BHD, lines)),
        Metadata.of(
            Map.of("till", "7", "note", "\"über\", 'alles';\n二行目 \uD83C\uDF81", "empty", "")),
        START);
  }

  /** An order of as many lines as a cart may hold, in a currency without decimal places. */
  public static NewOrder ofMostLines() {
    List<CartLine> lines =
        IntStream.rangeClosed(1, Cart.MOST_LINES)
            .mapToObj(i -> line("SKU-" + i, Integer.toString(i), "105", JPY))
            .toList();
    return new NewOrder(nextId(), null, price(new Cart(JPY, lines)), Metadata.of(Map.of()), START);
  }

  /** An order of one mug under these rules, with all that it uses and claims of them. */
  public static NewOrder under(RuleSet rules, @Nullable String customer, String... codes) {
    SequencedSet<Code> entered = new LinkedHashSet<>();
    for (String code : codes) {
      entered.add(new Code(code));
    }
    Map<String, CodeUse> uses = new HashMap<>();
    for (Rule rule : rules.rules()) {
      entered.forEach(code -> {
        if (rule.needsCode() && rule.definition().code() == null) {
          uses.put(code.key(), new CodeUse(rule.id(), null, 0));
        }
      });
    }
    return of(
        new PricingRequest(
            new Cart(USD, List.of(line("MUG", "1", "100.00", USD))),
            entered,
            new Customer(customer, null, null),
            null,
            Map.of(),
            START,
            Map.of(),
            uses),
        rules);
  }

  /** An order of what is asked for, with all that it uses and claims of rules. */
  public static NewOrder of(PricingRequest request, RuleSet rules) {
    Quote quote = Pricing.price(request, rules);
    List<Redemption> redemptions = Usages.redemptions(quote, rules);
    String customer = request.customer().id();
    return new NewOrder(
        nextId(),
        customer == null ? null : new CustomerId(customer),
        new OrderContext(request.channel(), request.customer().group()),
        quote.price(),
        quote.rejected(),
        quote.trace(),
        redemptions,
        Usages.claims(redemptions, request, rules),
        Metadata.of(request.metadata()),
        request.at());
  }

  /** An order with everything that an order can have of its cart and of rules. */
  public static NewOrder fullest() {
    SequencedSet<Code> codes = new LinkedHashSet<>();
    for (String code : List.of("Sümmer", "nope", "late")) {
      codes.add(new Code(code));
    }
    return of(
        new PricingRequest(
            fullestCart(),
            codes,
            new Customer("c-4711", "wholesale", 2L),
            "till/7",
            Map.of("till", "7"),
            START,
            Map.of(TIRED, new Usage(9, 0, 0, 0, 9)),
            Map.of()),
        FULLEST);
  }

  /** What a cart costs under the rule that ships. */
  public static PricedCart price(Cart cart) {
    return Pricing.price(PricingRequest.of(cart, START), ShippedRule.set()).price();
  }

  /** What the store kept of an order that it was given. */
  public static Order accept(OrderStore store, NewOrder order) {
    return switch (store.accept(order)) {
      case OrderStore.Acceptance.Accepted(Order accepted) -> accepted;
      case OrderStore.Acceptance otherwise ->
          throw new IllegalStateException("the order was not accepted: " + otherwise);
    };
  }

  private static Cart fullestCart() {
    SortedSet<Tag> tags = new TreeSet<>(List.of(new Tag("käse"), new Tag("by weight")));
    return new Cart(
        BHD,
        List.of(
            new CartLine(
                new Sku("Käse, jung"),
                Quantity.parse("2.125"),
                UnitPrice.parse("5.005125", BHD),
                tags,
                UnitPrice.parse("6.5", BHD),
                true,
                UnitPrice.parse("4", BHD),
                Percentage.parse("12.3456")),
            line("MUG", "50", "19.990", BHD),
            new CartLine(
                new Sku("PEN"),
                Quantity.of(7),
                UnitPrice.parse("1.000", BHD),
                new TreeSet<>(),
                null,
                false,
                null,
                Percentage.parse("0"))),
        new Shipping(new Money(7_500, BHD), "express"),
        true);
  }

  private static RuleSet fullestRules() {
    return new RuleSet(
        7,
        List.of(
            ShippedRule.kept().toRule(),
            rule(1, percentOff("5", "label", "Sümmer!", "code", "SÜMMER", "priority", 5)),
            rule(
                2,
                effect("type", "percent_off_units", "percent", "50", "maxUnits", 3),
                "limits",
                fields("total", 1000, "reusableAfterCancel", false)),
            rule(3, effect("type", "percent_off_shipping", "percent", "10")),
            rule(4, effect("type", "amount_off_shipping", "amount", "1.5")),
            rule(5, effect("type", "free_gift", "sku", "STICKER", "unitPrice", "0.25")),
            rule(
                6,
                effect(
                    "type",
                    "amount_off_line",
                    "amount",
                    "4",
                    "target",
                    fields("skus", List.of("Käse, jung")))),
            rule(7, percentOff("5", "when", fields("minSubtotal", "100000"))),
            rule(
                8, percentOff("5", "code", "LATE", "window", fields("to", "2026-01-01T00:00:00Z"))),
            new Rule(TIRED, 3, false, definition(percentOff("1", "limits", fields("total", 9))))),
        Policy.DEFAULT);
  }

  private static Fields effect(Object... namesAndValues) {
    return fields("name", "rule", "effects", List.of(fields(namesAndValues)));
  }

  private static Rule rule(int version, Fields notation, Object... more) {
    SequencedMap<String, Notation> entries = new LinkedHashMap<>(notation.entries());
    entries.putAll(fields(more).entries());
    RuleDefinition definition = definition(new Fields(entries));
    return new Rule(SampleRules.nextId(), version, definition.code() != null, definition);
  }

  private static CartLine line(String sku, String quantity, String unitPrice, Currency currency) {
    return new CartLine(
        new Sku(sku), Quantity.parse(quantity), UnitPrice.parse(unitPrice, currency));
  }
}
