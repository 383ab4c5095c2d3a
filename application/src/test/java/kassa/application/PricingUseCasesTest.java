package kassa.application;

import static kassa.contract.fixture.SampleCallers.ADMIN;
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
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.pricing.CartDraft;
import kassa.application.port.in.pricing.CartDraft.Item;
import kassa.application.port.in.pricing.CartRefusal;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.application.port.in.rule.ManageCodes;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.in.rule.ManageRules.Draft;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.SessionLimits;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.Money;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import kassa.domain.rule.json.RuleReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes, orders, rules, codes and limits together, over in-memory stores. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PricingUseCasesTest {

  private static final Currency USD = Currency.getInstance("USD");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Item MUG =
      new Item.Priced(new CartLine(new Sku("MUG"), Quantity.of(1), UnitPrice.parse("100.00", USD)));

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryProductStore products = new InMemoryProductStore();
  private final SplittableRandom random = new SplittableRandom(4711);
  private final UseCases useCases =
      UseCases.create(
          stores.with(stores.orders(), products),
          new Environment(
              InstantSource.fixed(NOON), () -> SampleOrders.nextId().value(), random::nextInt),
          new Cryptography(new FakePasswordHasher(), new FakeTokenGenerator()),
          new ApplicationSettings(
              new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12)),
              60_000,
              Policy.DEFAULT,
              new BatchLimits(4, Duration.ofSeconds(30))),
          new FakeWebhookGateway().gateway());

  @Test
  void quotes_with_active_rules_and_stores_nothing() {
    createActive(tenOff());

    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
    assertThat(stores.orders().listNewestFirst(null, 1)).isEmpty();
  }

  @Test
  void draft_and_paused_rules_are_not_applied() {
    StoredRule rule =
        done(useCases.rules().manageRules().as(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");

    useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, RuleStatus.ACTIVE);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");

    useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, RuleStatus.PAUSED);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void what_if_quote_uses_given_rules_without_reading_the_store() {
    createActive(tenOff());
    RuleDefinition definition = draft(fields("effects", List.of(percentOff("50")))).definition();
    Rule whatIf = new Rule(new RuleId("mine"), 1, false, definition);
    stores.makeUnavailable();

    QuoteCart.Outcome outcome =
        useCases
            .quoteCart()
            .as(ADMIN)
            .quote(
                new QuoteCart.Command(
                    basket(MUG),
                    NOON,
                    new QuoteCart.WhatIfRules(
                        List.of(whatIf), Map.of(whatIf.id(), new LimitCounts(1, 1, 1, 0, 0))),
                    null));

    assertThat(total(quoted(outcome))).isEqualTo("50.00");
  }

  @Test
  void takes_missing_prices_from_the_catalogue() {
    products.create(SampleProducts.created(SampleProducts.priced("CUP", "7.50")), null);

    QuoteCart.Outcome.Quoted quoted =
        quoted(basket(new Item.FromCatalogue(new Sku("CUP"), Quantity.of(2)), MUG));

    assertThat(total(quoted)).isEqualTo("115.00");
  }

  @Test
  void reports_why_each_line_has_no_price() {
    products.create(SampleProducts.created(SampleProducts.withMaxValues("BIG")), null);
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
                false)),
        null);
    CartDraft draft =
        basket(
            new Item.FromCatalogue(new Sku("NONE"), Quantity.of(1)),
            MUG,
            new Item.FromCatalogue(new Sku("OLD"), Quantity.of(1)));

    assertThat(quote(draft))
        .isEqualTo(
            new QuoteCart.Outcome.CartRefused(
                new CartRefusal.UnavailableItems(
                    List.of(
                        new UnavailableItem(0, UnavailableItem.Reason.UNKNOWN_PRODUCT),
                        new UnavailableItem(2, UnavailableItem.Reason.INACTIVE_PRODUCT)))));
    assertThat(useCases.orders().placeOrder().as(ADMIN).place(new PlaceOrder.Command(draft)))
        .isInstanceOf(PlaceOrder.Outcome.CartRefused.class);
  }

  @Test
  void rejects_or_drops_a_code_that_does_not_apply() {
    CartDraft draft = withCodes(basket(MUG), "NOSUCH");

    assertThat(useCases.orders().placeOrder().as(ADMIN).place(new PlaceOrder.Command(draft)))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.CodesRejected.class,
            rejected ->
                assertThat(rejected.quote().rejected())
                    .containsExactly(
                        new Rejection(new Code("NOSUCH"), null, SkipReason.UNKNOWN_CODE)));

    Order order = placed(new PlaceOrder.Command(draft, null, null, true, null, null));
    assertThat(order.rejected()).hasSize(1);
    assertThat(stores.orders().find(order.id())).contains(order);
  }

  @Test
  void rejects_an_order_whose_price_differs_from_the_expected_price() {
    String hash = quoted(basket(MUG)).quote().price().fingerprint();
    createActive(tenOff());

    assertThat(useCases.orders().placeOrder().as(ADMIN).place(command(basket(MUG), "100.00", null)))
        .isInstanceOfSatisfying(
            PlaceOrder.Outcome.PriceChanged.class,
            changed -> assertThat(changed.quote().price().total()).hasToString("90.00 USD"));
    assertThat(useCases.orders().placeOrder().as(ADMIN).place(command(basket(MUG), null, hash)))
        .isInstanceOf(PlaceOrder.Outcome.PriceChanged.class);
    assertThat(stores.orders().listNewestFirst(null, 1)).isEmpty();

    String now = quoted(basket(MUG)).quote().price().fingerprint();
    assertThat(placed(command(basket(MUG), "90.00", now)).price().fingerprint()).isEqualTo(now);
  }

  @Test
  void order_keeps_price_and_trace_when_the_rule_changes() {
    StoredRule rule = createActive(tenOff());
    Order order = placed(new PlaceOrder.Command(basket(MUG)));
    var trace = useCases.orders().findOrders().as(ADMIN).trace(order.id());

    done(
        useCases
            .rules()
            .manageRules()
            .as(ADMIN)
            .replace(
                rule.id(), rule.revision(), draft(fields("effects", List.of(percentOff("1"))))));

    assertThat(useCases.orders().findOrders().as(ADMIN).byId(order.id())).contains(order);
    assertThat(useCases.orders().findOrders().as(ADMIN).trace(order.id())).isEqualTo(trace);
    assertThat(trace.orElseThrow()).hasSize(1);
    assertThat(total(quoted(basket(MUG)))).isEqualTo("99.00");
  }

  @Test
  void quote_reads_limits_and_reserves_nothing() {
    createActive(with(tenOff(), "limits", fields("total", number(1))));

    for (int i = 0; i < 3; i++) {
      assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
    }
    assertThat(placed(new PlaceOrder.Command(basket(MUG))).price().total())
        .hasToString("90.00 USD");
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void per_customer_limit_requires_a_customer() {
    createActive(with(tenOff(), "limits", fields("perCustomer", number(1))));

    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
    CartDraft draft = of(basket(MUG), new Customer("c-1", null, null));
    assertThat(placed(new PlaceOrder.Command(draft)).price().total()).hasToString("90.00 USD");
    assertThat(total(quoted(draft))).isEqualTo("100.00");
    assertThat(total(quoted(of(basket(MUG), new Customer("c-2", null, null))))).isEqualTo("90.00");
  }

  @Test
  void counts_customer_orders_only_if_a_rule_needs_it() {
    createActive(with(tenOff(), "when", fields("nthOrder", number(2))));
    CartDraft draft = of(basket(MUG), new Customer("c-1", null, null));

    Order first = placed(new PlaceOrder.Command(draft));
    assertThat(first.price().total()).hasToString("100.00 USD");
    assertThat(total(quoted(draft))).isEqualTo("90.00");

    cancel(first, 1, null);
    assertThat(total(quoted(draft))).isEqualTo("100.00");
    assertThat(total(quoted(of(basket(MUG), new Customer("c-1", null, 1L))))).isEqualTo("90.00");
  }

  @Test
  void limit_holds_for_concurrent_orders() throws Exception {
    createActive(with(tenOff(), "limits", fields("total", number(100))));

    List<PlaceOrder.Outcome> outcomes =
        concurrently(
            1_000,
            () ->
                useCases
                    .orders()
                    .placeOrder()
                    .as(ADMIN)
                    .place(new PlaceOrder.Command(basket(MUG))));

    assertThat(outcomes)
        .filteredOn(outcome ->
            outcome instanceof PlaceOrder.Outcome.Placed(Order order)
                && order.price().total().minorUnits() == 9_000)
        .hasSize(100);
    assertThat(outcomes).allMatch(PlaceOrder.Outcome.Placed.class::isInstance);
  }

  @Test
  void cancelled_order_releases_its_usage_once() {
    createActive(with(tenOff(), "limits", fields("total", number(1))));
    Order order = placed(new PlaceOrder.Command(basket(MUG)));

    assertThat(cancel(order, 1, "lost"))
        .isInstanceOfSatisfying(
            ChangeOrderStatus.Outcome.Changed.class,
            cancelled -> {
              assertThat(cancelled.order().status()).isEqualTo(OrderStatus.CANCELLED);
              assertThat(cancelled.order().cancelReason()).isEqualTo("lost");
              assertThat(cancelled.order().version()).isEqualTo(2);
            });
    assertThat(cancel(order, 1, null))
        .isInstanceOf(ChangeOrderStatus.Outcome.VersionConflict.class);
    assertThat(cancel(order, 2, null))
        .isEqualTo(new ChangeOrderStatus.Outcome.StatusForbids(OrderStatus.CANCELLED));
    assertThat(placed(new PlaceOrder.Command(basket(MUG))).price().total())
        .hasToString("90.00 USD");
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
  }

  @Test
  void generated_codes_apply_their_rule_up_to_the_limit() {
    StoredRule rule =
        done(useCases.rules().manageRules().as(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    List<Code> codes =
        issued(useCases.rules().manageCodes().as(ADMIN).generate(rule.id(), 500, "S-", 1L));
    useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, RuleStatus.ACTIVE);

    assertThat(codes).doesNotHaveDuplicates().hasSize(500);
    assertThat(codes)
        .allSatisfy(
            code -> assertThat(code.value()).matches("S-[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{12}"));
    assertThat(total(quoted(basket(MUG)))).isEqualTo("100.00");
    CartDraft draft = withCodes(basket(MUG), codes.getFirst().value().toLowerCase(Locale.ROOT));
    assertThat(placed(new PlaceOrder.Command(draft)).price().total()).hasToString("90.00 USD");
    assertThat(useCases.orders().placeOrder().as(ADMIN).place(new PlaceOrder.Command(draft)))
        .isInstanceOf(PlaceOrder.Outcome.CodesRejected.class);
    assertThat(total(quoted(withCodes(basket(MUG), codes.get(1).value())))).isEqualTo("90.00");
    assertThat(
            useCases
                .rules()
                .manageCodes()
                .as(ADMIN)
                .find(codes.getFirst())
                .orElseThrow()
                .redemptionCount())
        .isEqualTo(1);
  }

  @Test
  void active_rule_without_code_cannot_get_codes() {
    StoredRule rule = createActive(tenOff());

    assertThat(useCases.rules().manageCodes().as(ADMIN).issue(rule.id(), new Code("LATE"), null))
        .isEqualTo(new ManageCodes.Outcome.RuleActiveWithoutCode());
    assertThat(total(quoted(basket(MUG)))).isEqualTo("90.00");
  }

  @Test
  void lists_codes_page_by_page() {
    StoredRule rule =
        done(useCases.rules().manageRules().as(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    List<Code> issued =
        issued(useCases.rules().manageCodes().as(ADMIN).generate(rule.id(), 7, "", null));
    List<Code> found = new ArrayList<>();
    String after = null;
    do {
      Slice<StoredCode> page = useCases.rules().manageCodes().as(ADMIN).list(after, rule.id(), 3);
      page.items().forEach(code -> found.add(code.code()));
      after = page.next(code -> code.code().key());
    } while (after != null);

    assertThat(found).containsExactlyInAnyOrderElementsOf(issued);
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
  void allows_only_valid_status_transitions(RuleStatus from, RuleStatus to, boolean allowed) {
    StoredRule rule =
        done(useCases.rules().manageRules().as(ADMIN).create(draft(tenOff()), RuleStatus.DRAFT));
    if (from == RuleStatus.PAUSED) {
      useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, RuleStatus.ACTIVE);
    }
    useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, from);

    ManageRules.Outcome outcome =
        useCases.rules().manageRules().as(ADMIN).changeStatus(rule.id(), null, to);

    assertThat(((ManageRules.Outcome.Decided) outcome).change())
        .isInstanceOf(allowed ? RuleChange.Done.class : RuleChange.StatusForbids.class);
    assertThat(useCases.rules().manageRules().as(ADMIN).find(rule.id()).orElseThrow().status())
        .isEqualTo(allowed ? to : from);
  }

  @Test
  void lints_rules_together_with_active_rules() {
    createActive(
        with(
            fields("effects", List.of(percentOff("50"))),
            "exclusive",
            new JsonValue.JsonBoolean(true)));

    assertThat(lintCodes(null, tenOff())).containsExactly("0 hidden_by_exclusive");
  }

  @Test
  void lint_reports_a_code_of_an_active_rule_unless_replaced() {
    JsonValue.JsonObject summer = with(tenOff(), "code", new JsonValue.JsonString("SUMMER"));
    StoredRule rule = createActive(summer);

    assertThat(lintCodes(null, summer)).containsExactly("0 repeated_code");
    assertThat(lintCodes(rule.id(), summer)).isEmpty();
  }

  private List<String> lintCodes(@Nullable RuleId replaced, JsonValue.JsonObject json) {
    ManageRules.Proposal proposal = new ManageRules.Proposal(replaced, draft(json).definition());
    return useCases.rules().manageRules().as(ADMIN).lint(List.of(proposal)).stream()
        .map(finding -> finding.rule() + " " + finding.code())
        .toList();
  }

  private static JsonValue.JsonObject tenOff() {
    return fields("effects", List.of(percentOff("10")));
  }

  private static JsonValue percentOff(String percent) {
    return fields(
        "type",
        new JsonValue.JsonString("percent_off_order"),
        "percent",
        new JsonValue.JsonString(percent));
  }

  private static JsonValue number(long value) {
    return new JsonValue.JsonNumber(BigDecimal.valueOf(value));
  }

  private static JsonValue.JsonObject fields(Object... namesAndValues) {
    Map<String, JsonValue> entries = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.put((String) namesAndValues[i], json(namesAndValues[i + 1]));
    }
    return JsonValue.JsonObject.of(entries);
  }

  private static JsonValue json(Object value) {
    return value instanceof List<?> elements
        ? new JsonValue.JsonArray(elements.stream().map(JsonValue.class::cast).toList())
        : (JsonValue) value;
  }

  private static JsonValue.JsonObject with(
      JsonValue.JsonObject fields, String name, JsonValue value) {
    Map<String, JsonValue> entries = new LinkedHashMap<>(fields.members());
    entries.put(name, value);
    return JsonValue.JsonObject.of(entries);
  }

  private static Draft draft(JsonValue.JsonObject json) {
    Violations violations = new Violations();
    RuleDefinition definition = RuleReader.read(json, "", violations);
    assertThat(violations.reported()).isEmpty();
    return new Draft(Objects.requireNonNull(definition), json);
  }

  private StoredRule createActive(JsonValue.JsonObject json) {
    return done(useCases.rules().manageRules().as(ADMIN).create(draft(json), RuleStatus.ACTIVE));
  }

  private static StoredRule done(ManageRules.Outcome outcome) {
    assertThat(outcome).isInstanceOf(ManageRules.Outcome.Decided.class);
    return SampleRules.requireDone(((ManageRules.Outcome.Decided) outcome).change());
  }

  private static List<Code> issued(ManageCodes.Outcome outcome) {
    assertThat(outcome).isInstanceOf(ManageCodes.Outcome.Issued.class);
    return ((ManageCodes.Outcome.Issued) outcome).codes();
  }

  private Order placed(PlaceOrder.Command command) {
    PlaceOrder.Outcome outcome = useCases.orders().placeOrder().as(ADMIN).place(command);
    assertThat(outcome).isInstanceOf(PlaceOrder.Outcome.Placed.class);
    return ((PlaceOrder.Outcome.Placed) outcome).order();
  }

  private static PlaceOrder.Command command(
      CartDraft draft, @Nullable String total, @Nullable String hash) {
    Money expected = total == null ? null : new Money(Long.parseLong(total.replace(".", "")), USD);
    return new PlaceOrder.Command(draft, expected, hash, false, null, null);
  }

  private QuoteCart.Outcome quote(CartDraft draft) {
    return useCases.quoteCart().as(ADMIN).quote(new QuoteCart.Command(draft, null, null, null));
  }

  private QuoteCart.Outcome.Quoted quoted(CartDraft draft) {
    return quoted(quote(draft));
  }

  private static QuoteCart.Outcome.Quoted quoted(QuoteCart.Outcome outcome) {
    assertThat(outcome).isInstanceOf(QuoteCart.Outcome.Quoted.class);
    return (QuoteCart.Outcome.Quoted) outcome;
  }

  private static String total(QuoteCart.Outcome.Quoted quoted) {
    return quoted.quote().price().total().toPlainString();
  }

  private static CartDraft basket(Item... items) {
    return new CartDraft(
        USD,
        Arrays.asList(items),
        new LinkedHashSet<>(),
        Customer.ANONYMOUS,
        null,
        null,
        false,
        Metadata.of(Map.of()));
  }

  private static CartDraft of(CartDraft draft, Customer customer) {
    return new CartDraft(
        USD, draft.items(), draft.codes(), customer, null, null, false, draft.metadata());
  }

  private static CartDraft withCodes(CartDraft draft, String... codes) {
    LinkedHashSet<Code> entered = new LinkedHashSet<>();
    Arrays.stream(codes).map(Code::new).forEach(entered::add);
    return new CartDraft(
        USD, draft.items(), entered, draft.customer(), null, null, false, draft.metadata());
  }

  private static <T> List<T> concurrently(int times, Callable<T> call) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(java.util.Collections.nCopies(times, call))) {
        results.add(result.get());
      }
      return results;
    }
  }

  private ChangeOrderStatus.Outcome cancel(Order order, int version, @Nullable String reason) {
    return useCases
        .orders()
        .changeOrderStatus()
        .as(ADMIN)
        .changeStatus(
            new ChangeOrderStatus.Command(order.id(), version, OrderTransition.CANCEL, reason));
  }
}
