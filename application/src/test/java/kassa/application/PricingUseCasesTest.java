package kassa.application;

import static kassa.contract.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kassa.application.UseCases.Secrets;
import kassa.application.UseCases.SessionLimits;
import kassa.application.UseCases.Surroundings;
import kassa.application.port.in.Basket;
import kassa.application.port.in.Basket.Item;
import kassa.application.port.in.IssueCodes;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.UnsellableItem;
import kassa.application.port.in.WriteRules;
import kassa.application.port.in.WriteRules.Draft;
import kassa.contract.InMemoryProductStore;
import kassa.contract.InMemoryStores;
import kassa.contract.QuickPasswords;
import kassa.contract.QuickTokens;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.Usage;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes, orders, rules, codes and limits together, over stores in memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PricingUseCasesTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Item MUG =
      new Item.Priced(new CartLine(new Sku("MUG"), Quantity.of(1), UnitPrice.parse("100.00", USD)));

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryProductStore products = new InMemoryProductStore();
  private final SplittableRandom chance = new SplittableRandom(4711);
  private final UseCases useCases =
      UseCases.create(
          stores.with(stores.orders(), products),
          new Surroundings(
              InstantSource.fixed(NOON), () -> SampleOrders.nextId().value(), chance::nextInt),
          new Secrets(new QuickPasswords(), new QuickTokens()),
          new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
          60_000,
          Policy.DEFAULT,
          new ProcessingLimits(4, Duration.ofSeconds(30)));

  @Test
  void quotes_under_the_rules_in_force_and_keeps_nothing() {
    active(tenOff());

    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
    assertThat(stores.orders().newestFirst(null, 1)).isEmpty();
  }

  @Test
  void a_draft_is_not_in_force_nor_is_a_rule_that_is_paused() {
    KeptRule rule = done(useCases.writeRules().by(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");

    useCases.writeRules().by(ADMIN).move(rule.id(), null, RuleStatus.ACTIVE);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");

    useCases.writeRules().by(ADMIN).move(rule.id(), null, RuleStatus.PAUSED);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void tries_other_rules_instead_of_those_in_force_without_asking_the_store() {
    active(tenOff());
    RuleDefinition definition = draft(fields("effects", List.of(percentOff("50")))).definition();
    Rule tried = new Rule(new RuleId("mine"), 1, false, definition);
    stores.takeAway();

    QuoteCart.Outcome outcome =
        useCases
            .quoteCart()
            .by(ADMIN)
            .quote(
                new QuoteCart.Command(
                    basket(MUG),
                    NOON,
                    new QuoteCart.TriedRules(
                        List.of(tried), Map.of(tried.id(), new Usage(1, 1, 1, 0, 0))),
                    null));

    assertThat(total(quoted(outcome))).isEqualTo("50.00");
  }

  @Test
  void prices_by_the_catalogue_what_comes_without_a_price() {
    products.create(SampleProducts.created(SampleProducts.priced("CUP", "7.50")));

    QuoteCart.Outcome.Quoted quoted =
        quoted(basket(new Item.FromCatalogue(new Sku("CUP"), Quantity.of(2)), MUG));

    assertThat(total(quoted)).isEqualTo("115.00");
  }

  @Test
  void tells_of_each_line_that_has_no_price_why() {
    products.create(SampleProducts.created(SampleProducts.greatest("BIG")));
    Product cup = SampleProducts.created(SampleProducts.priced("CUP", "7.50"));
    var details = cup.details();
    products.create(
        SampleProducts.created(
            new kassa.domain.catalogue.ProductDetails(
                new Sku("OLD"),
                details.name(),
                details.unitPrice(),
                details.tags(),
                null,
                null,
                null,
                false)));
    Basket basket =
        basket(
            new Item.FromCatalogue(new Sku("NONE"), Quantity.of(1)),
            MUG,
            new Item.FromCatalogue(new Sku("OLD"), Quantity.of(1)));

    assertThat(quote(basket))
        .isEqualTo(
            new QuoteCart.Outcome.Unsellable(
                List.of(
                    new UnsellableItem(0, UnsellableItem.Reason.UNKNOWN_PRODUCT),
                    new UnsellableItem(2, UnsellableItem.Reason.INACTIVE_PRODUCT))));
    assertThat(useCases.placeOrder().by(ADMIN).place(new PlaceOrder.Command(basket)))
        .isInstanceOf(PlaceOrder.Outcome.Unsellable.class);
  }

  @Test
  void refuses_an_order_whose_code_brings_nothing_or_drops_the_code() {
    Basket basket = withCodes(basket(MUG), "NOSUCH");

    assertThat(useCases.placeOrder().by(ADMIN).place(new PlaceOrder.Command(basket)))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected ->
                assertThat(rejected.quote().rejected())
                    .containsExactly(
                        new Rejection(new Code("NOSUCH"), null, SkipReason.UNKNOWN_CODE)));

    Order order = placed(new PlaceOrder.Command(basket, null, null, true));
    assertThat(order.rejected()).hasSize(1);
    assertThat(stores.orders().find(order.id())).contains(order);
  }

  @Test
  void refuses_an_order_at_another_price_than_was_expected_and_tells_the_price() {
    String hash = quoted(basket(MUG)).quote().price().fingerprint();
    active(tenOff());

    assertThat(useCases.placeOrder().by(ADMIN).place(command(basket(MUG), "100.00", null)))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.PriceChanged.class,
            changed -> assertThat(changed.quote().price().total()).hasToString("90.00 USD"));
    assertThat(useCases.placeOrder().by(ADMIN).place(command(basket(MUG), null, hash)))
        .isInstanceOf(PlaceOrder.Outcome.PriceChanged.class);
    assertThat(stores.orders().newestFirst(null, 1)).isEmpty();

    String now = quoted(basket(MUG)).quote().price().fingerprint();
    assertThat(placed(command(basket(MUG), "90.00", now)).price().fingerprint()).isEqualTo(now);
  }

  @Test
  void an_order_keeps_its_price_and_its_reasons_when_the_rule_changes() {
    KeptRule rule = active(tenOff());
    Order order = placed(new PlaceOrder.Command(basket(MUG)));
    var trace = useCases.findOrders().by(ADMIN).trace(order.id());

    done(
        useCases
            .writeRules()
            .by(ADMIN)
            .replace(
                rule.id(), rule.revision(), draft(fields("effects", List.of(percentOff("1"))))));

    assertThat(useCases.findOrders().by(ADMIN).byId(order.id())).contains(order);
    assertThat(useCases.findOrders().by(ADMIN).trace(order.id())).isEqualTo(trace);
    assertThat(trace.orElseThrow()).hasSize(1);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("99.00");
  }

  @Test
  void a_quote_reads_limits_and_takes_nothing() {
    active(with(tenOff(), "limits", fields("total", number(1))));

    for (int i = 0; i < 3; i++) {
      assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
    }
    assertThat(placed(new PlaceOrder.Command(basket(MUG))).price().total())
        .hasToString("90.00 USD");
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void a_rule_that_counts_customers_needs_to_know_who_buys() {
    active(with(tenOff(), "limits", fields("perCustomer", number(1))));

    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
    Basket known = of(basket(MUG), new Customer("c-1", null, null));
    assertThat(placed(new PlaceOrder.Command(known)).price().total()).hasToString("90.00 USD");
    assertThat(total(quoted(known))).isEqualTo("100.00");
    assertThat(total(quoted(of(basket(MUG), new Customer("c-2", null, null))))).isEqualTo("90.00");
  }

  @Test
  void counts_the_orders_of_a_customer_when_a_rule_asks_for_it() {
    active(with(tenOff(), "when", fields("nthOrder", number(2))));
    Basket basket = of(basket(MUG), new Customer("c-1", null, null));

    Order first = placed(new PlaceOrder.Command(basket));
    assertThat(first.price().total()).hasToString("100.00 USD");
    assertThat(total(quoted(basket))).isEqualTo("90.00");

    cancel(first, 1, null);
    assertThat(total(quoted(basket))).isEqualTo("100.00");
    assertThat(total(quoted(of(basket(MUG), new Customer("c-1", null, 1L))))).isEqualTo("90.00");
  }

  @Test
  void a_limit_holds_however_many_orders_come_at_once() throws Exception {
    active(with(tenOff(), "limits", fields("total", number(100))));

    List<PlaceOrder.Outcome> outcomes =
        atOnce(
            1_000,
            () -> useCases.placeOrder().by(ADMIN).place(new PlaceOrder.Command(basket(MUG))));

    assertThat(outcomes)
        .filteredOn(outcome ->
            outcome instanceof PlaceOrder.Outcome.Placed(Order order)
                && order.price().total().minorUnits() == 9_000)
        .hasSize(100);
    assertThat(outcomes).allMatch(PlaceOrder.Outcome.Placed.class::isInstance);
  }

  @Test
  void a_cancelled_order_gives_its_use_back_once() {
    active(with(tenOff(), "limits", fields("total", number(1))));
    Order order = placed(new PlaceOrder.Command(basket(MUG)));

    assertThat(cancel(order, 1, "lost"))
        .isInstanceOfSatisfying(
            MoveOrder.Outcome.Moved.class,
            cancelled -> {
              assertThat(cancelled.order().status()).isEqualTo(OrderStatus.CANCELLED);
              assertThat(cancelled.order().cancelReason()).isEqualTo("lost");
              assertThat(cancelled.order().version()).isEqualTo(2);
            });
    assertThat(cancel(order, 1, null)).isInstanceOf(MoveOrder.Outcome.Stale.class);
    assertThat(cancel(order, 2, null))
        .isEqualTo(new MoveOrder.Outcome.NotAllowed(OrderStatus.CANCELLED));
    assertThat(placed(new PlaceOrder.Command(basket(MUG))).price().total())
        .hasToString("90.00 USD");
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void generated_codes_bring_their_rule_each_as_often_as_it_may() {
    KeptRule rule = done(useCases.writeRules().by(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    List<Code> codes = issued(useCases.issueCodes().by(ADMIN).generate(rule.id(), 500, "S-", 1L));
    useCases.writeRules().by(ADMIN).move(rule.id(), null, RuleStatus.ACTIVE);

    assertThat(codes).doesNotHaveDuplicates().hasSize(500);
    assertThat(codes)
        .allSatisfy(
            code -> assertThat(code.value()).matches("S-[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{12}"));
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
    Basket basket = withCodes(basket(MUG), codes.getFirst().value().toLowerCase(Locale.ROOT));
    assertThat(placed(new PlaceOrder.Command(basket)).price().total()).hasToString("90.00 USD");
    assertThat(useCases.placeOrder().by(ADMIN).place(new PlaceOrder.Command(basket)))
        .isInstanceOf(PlaceOrder.Outcome.CodesRejected.class);
    assertThat(total(quoted(withCodes(basket(MUG), codes.get(1).value())))).isEqualTo("90.00");
    assertThat(useCases.issueCodes().by(ADMIN).find(codes.getFirst()).orElseThrow().redeemed())
        .isEqualTo(1);
  }

  @Test
  void a_rule_that_is_open_to_all_is_not_bound_to_codes_behind_their_backs() {
    KeptRule rule = active(tenOff());

    assertThat(useCases.issueCodes().by(ADMIN).issue(rule.id(), new Code("LATE"), null))
        .isEqualTo(new IssueCodes.Outcome.RuleOpenToAll());
    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
  }

  @Test
  void codes_walk_page_by_page() {
    KeptRule rule = done(useCases.writeRules().by(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    List<Code> issued = issued(useCases.issueCodes().by(ADMIN).generate(rule.id(), 7, "", null));
    List<Code> met = new ArrayList<>();
    String after = null;
    do {
      IssueCodes.Page page = useCases.issueCodes().by(ADMIN).list(after, rule.id(), 3);
      page.codes().forEach(code -> met.add(code.code()));
      after = page.next();
    } while (after != null);

    assertThat(met).containsExactlyInAnyOrderElementsOf(issued);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          DRAFT,    ACTIVE,   true
          DRAFT,    PAUSED,   false
          DRAFT,    ARCHIVED, true
          ACTIVE,   PAUSED,   true
          ACTIVE,   ARCHIVED, true
          ACTIVE,   ACTIVE,   true
          PAUSED,   ACTIVE,   true
          PAUSED,   ARCHIVED, true
          ARCHIVED, ACTIVE,   false
          ARCHIVED, PAUSED,   false
          ARCHIVED, ARCHIVED, true
          """)
  void leads_a_rule_through_its_life(RuleStatus from, RuleStatus to, boolean allowed) {
    KeptRule rule = done(useCases.writeRules().by(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    if (from == RuleStatus.PAUSED) {
      useCases.writeRules().by(ADMIN).move(rule.id(), null, RuleStatus.ACTIVE);
    }
    useCases.writeRules().by(ADMIN).move(rule.id(), null, from);

    WriteRules.Outcome outcome = useCases.writeRules().by(ADMIN).move(rule.id(), null, to);

    assertThat(outcome)
        .isInstanceOf(
            allowed ? WriteRules.Outcome.Done.class : WriteRules.Outcome.NotAllowed.class);
    assertThat(useCases.writeRules().by(ADMIN).find(rule.id()).orElseThrow().status())
        .isEqualTo(allowed ? to : from);
  }

  @Test
  void checks_rules_beside_those_in_force() {
    active(
        with(fields("effects", List.of(percentOff("50"))), "exclusive", new Notation.Flag(true)));

    assertThat(checked(null, tenOff())).containsExactly("0 hidden_by_exclusive");
  }

  @Test
  void finds_a_code_that_a_rule_in_force_has_unless_that_rule_is_replaced() {
    Notation.Fields summer = with(tenOff(), "code", new Notation.Text("SUMMER"));
    KeptRule rule = active(summer);

    assertThat(checked(null, summer)).containsExactly("0 repeated_code");
    assertThat(checked(rule.id(), summer)).isEmpty();
  }

  private List<String> checked(@Nullable RuleId replaced, Notation.Fields notation) {
    WriteRules.Proposal proposal = new WriteRules.Proposal(replaced, draft(notation).definition());
    return useCases.writeRules().by(ADMIN).check(List.of(proposal)).stream()
        .map(finding -> finding.rule() + " " + finding.code())
        .toList();
  }

  private static Notation.Fields tenOff() {
    return fields("effects", List.of(percentOff("10")));
  }

  private static Notation percentOff(String percent) {
    return fields(
        "type", new Notation.Text("percent_off_order"), "percent", new Notation.Text(percent));
  }

  private static Notation number(long value) {
    return new Notation.Numeral(BigDecimal.valueOf(value));
  }

  private static Notation.Fields fields(Object... namesAndValues) {
    Map<String, Notation> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put((String) namesAndValues[i], notation(namesAndValues[i + 1]));
    }
    return Notation.Fields.of(entries);
  }

  private static Notation notation(Object value) {
    return value instanceof List<?> elements
        ? new Notation.Items(elements.stream().map(Notation.class::cast).toList())
        : (Notation) value;
  }

  private static Notation.Fields with(Notation.Fields fields, String name, Notation value) {
    Map<String, Notation> entries = new LinkedHashMap<>(fields.entries());
    entries.put(name, value);
    return Notation.Fields.of(entries);
  }

  private static Draft draft(Notation.Fields notation) {
    Flaws flaws = new Flaws();
    RuleDefinition definition = RuleReader.read(notation, "", flaws);
    assertThat(flaws.found()).isEmpty();
    return new Draft(Objects.requireNonNull(definition), notation);
  }

  private KeptRule active(Notation.Fields notation) {
    return done(useCases.writeRules().by(ADMIN).create(draft(notation), RuleStatus.ACTIVE));
  }

  private static KeptRule done(WriteRules.Outcome outcome) {
    assertThat(outcome).isInstanceOf(WriteRules.Outcome.Done.class);
    return ((WriteRules.Outcome.Done) outcome).rule();
  }

  private static List<Code> issued(IssueCodes.Outcome outcome) {
    assertThat(outcome).isInstanceOf(IssueCodes.Outcome.Issued.class);
    return ((IssueCodes.Outcome.Issued) outcome).codes();
  }

  private Order placed(PlaceOrder.Command command) {
    PlaceOrder.Outcome outcome = useCases.placeOrder().by(ADMIN).place(command);
    assertThat(outcome).isInstanceOf(PlaceOrder.Outcome.Placed.class);
    return ((PlaceOrder.Outcome.Placed) outcome).order();
  }

  private static PlaceOrder.Command command(
      Basket basket, @Nullable String total, @Nullable String hash) {
    Money expected = total == null ? null : new Money(Long.parseLong(total.replace(".", "")), USD);
    return new PlaceOrder.Command(basket, expected, hash, false);
  }

  private QuoteCart.Outcome quote(Basket basket) {
    return useCases.quoteCart().by(ADMIN).quote(new QuoteCart.Command(basket, null, null, null));
  }

  private QuoteCart.Outcome.Quoted quoted(Basket basket) {
    return quoted(quote(basket));
  }

  private static QuoteCart.Outcome.Quoted quoted(QuoteCart.Outcome outcome) {
    assertThat(outcome).isInstanceOf(QuoteCart.Outcome.Quoted.class);
    return (QuoteCart.Outcome.Quoted) outcome;
  }

  private static String total(QuoteCart.Outcome.Quoted quoted) {
    return quoted.quote().price().total().toPlainString();
  }

  private static Basket basket(Item... items) {
    return new Basket(
        USD,
        Arrays.asList(items),
        new LinkedHashSet<>(),
        Customer.UNKNOWN,
        null,
        null,
        false,
        Metadata.of(Map.of()));
  }

  private static Basket of(Basket basket, Customer customer) {
    return new Basket(
        USD, basket.items(), basket.codes(), customer, null, null, false, basket.metadata());
  }

  private static Basket withCodes(Basket basket, String... codes) {
    LinkedHashSet<Code> entered = new LinkedHashSet<>();
    Arrays.stream(codes).map(Code::new).forEach(entered::add);
    return new Basket(
        USD, basket.items(), entered, basket.customer(), null, null, false, basket.metadata());
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
        results.add(result.get());
      }
      return results;
    }
  }

  private MoveOrder.Outcome cancel(Order order, int version, @Nullable String reason) {
    return useCases
        .moveOrder()
        .by(ADMIN)
        .move(new MoveOrder.Command(order.id(), version, OrderMove.CANCEL, reason));
  }
}
