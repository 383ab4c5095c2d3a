package kassa.domain.cases;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeSet;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.Amount;
import kassa.domain.money.Money;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.Cart;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.LimitCounts;
import kassa.domain.pricing.PricingRequest;
import kassa.domain.pricing.RuleSet;
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Budget;
import kassa.domain.rule.Code;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.json.PolicyReader;
import kassa.domain.rule.json.RuleReader;
import kassa.domain.testing.RuleDsl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pricing example of a file such as {@code cases/pricing.json}.
 *
 * @param node the JSON of the example
 */
public record PricingCase(JsonNode node) {

  /** Reads all examples of a resource, in order. */
  public static List<PricingCase> read(String resource) {
    try (InputStream file = PricingCase.class.getResourceAsStream("/cases/" + resource)) {
      List<PricingCase> cases = new ArrayList<>();
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readTree(Objects.requireNonNull(file))
          .get("cases")
          .forEach(node -> cases.add(new PricingCase(node)));
      return cases;
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  public String id() {
    return node.get("id").stringValue();
  }

  public String tier() {
    return node.get("tier").stringValue();
  }

  public boolean has(String field) {
    return node.has(field);
  }

  public JsonNode expected() {
    return node.get("expected");
  }

  public Currency currency() {
    return Currency.getInstance(quote().get("currency").stringValue());
  }

  public PricingRequest request() {
    JsonNode quote = quote();
    List<CartLine> lines = new ArrayList<>();
    quote.get("lines").forEach(line -> lines.add(line(line)));
    JsonNode shipping = quote.get("shipping");
    Cart cart =
        new Cart(
            currency(),
            lines,
            shipping == null
                ? null
                : new Shipping(
                    money(Objects.requireNonNull(text(shipping, "amount"))),
                    text(shipping, "method")),
            quote.path("pricesIncludeTax").asBoolean(false));
    SequencedSet<Code> codes = new LinkedHashSet<>();
    quote.path("codes").forEach(code -> codes.add(new Code(code.stringValue())));
    return new PricingRequest(
        cart,
        codes,
        customer(quote.path("customer")),
        text(quote, "channel"),
        Map.of(),
        Instant.parse(quote.get("at").stringValue()),
        usages(),
        Map.of());
  }

  public RuleSet ruleSet() {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode rule : quote().get("rules")) {
      RuleDefinition definition = definition(rule);
      RuleId id = new RuleId(rule.get("id").stringValue());
      rules.add(new Rule(id, 1, definition.code() != null, definition));
    }
    return new RuleSet(1, rules, policy());
  }

  /** The policy of the example, without options that Kassa does not have. */
  private Policy policy() {
    JsonNode json = quote().path("policy");
    Map<String, JsonValue> supported = new LinkedHashMap<>();
    for (String name : json.propertyNames()) {
      if (!List.of("allocation", "rounding").contains(name)) {
        supported.put(name, RuleDsl.json(json.get(name)));
      }
    }
    Violations violations = new Violations();
    Policy policy =
        PolicyReader.read(
            new JsonObjectReader(JsonValue.JsonObject.of(supported), "/policy", violations),
            Policy.DEFAULT);
    failOnViolations(violations);
    return policy;
  }

  private static RuleDefinition definition(JsonNode rule) {
    Violations violations = new Violations();
    JsonObjectReader fields = new JsonObjectReader(RuleDsl.json(rule), "", violations);
    fields.value("id");
    fields.value("usage");
    RuleDefinition definition = RuleReader.read(fields);
    fields.rejectUnknownFields();
    failOnViolations(violations);
    return Objects.requireNonNull(definition);
  }

  private Map<RuleId, LimitCounts> usages() {
    Map<RuleId, LimitCounts> usages = new HashMap<>();
    for (JsonNode rule : quote().get("rules")) {
      JsonNode usage = rule.path("usage");
      boolean spend = definition(rule).limits().budget() instanceof Budget.Spend;
      JsonNode budget = usage.path("budgetUsed");
      usages.put(
          new RuleId(rule.get("id").stringValue()),
          new LimitCounts(
              usage.path("redeemed").asLong(0),
              usage.path("redeemedWithCode").asLong(0),
              usage.path("redeemedByCustomer").asLong(0),
              usage.path("redeemedByCancelledOrders").asLong(0),
              budget.isMissingNode()
                  ? 0
                  : spend ? money(budget.stringValue()).minorUnits() : budget.asLong()));
    }
    return usages;
  }

  private CartLine line(JsonNode line) {
    TreeSet<Tag> tags = new TreeSet<>();
    line.path("tags").forEach(tag -> tags.add(new Tag(tag.stringValue())));
    String tax = text(line, "taxRate");
    return new CartLine(
        new Sku(line.get("sku").stringValue()),
        Quantity.parse(line.get("quantity").asString()),
        UnitPrice.parse(line.get("unitPrice").stringValue(), currency()),
        tags,
        price(line, "listPrice"),
        line.path("onSale").asBoolean(false),
        price(line, "minUnitPrice"),
        tax == null ? null : Percentage.parse(tax));
  }

  private @Nullable UnitPrice price(JsonNode line, String name) {
    String text = text(line, name);
    return text == null ? null : UnitPrice.parse(text, currency());
  }

  private static Customer customer(JsonNode customer) {
    JsonNode count = customer.path("orderCount");
    return new Customer(
        text(customer, "id"), text(customer, "group"), count.isNumber() ? count.asLong() : null);
  }

  public Money money(String text) {
    return new Money(Amount.parse("amount", text).floor(currency()), currency());
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).isString() ? node.get(name).stringValue() : null;
  }

  private JsonNode quote() {
    return node.get("quote");
  }

  private static void failOnViolations(Violations violations) {
    if (!violations.isEmpty()) {
      throw new AssertionError(violations.reported().toString());
    }
  }

  @Override
  public String toString() {
    return id();
  }

  static BigDecimal decimal(JsonNode node) {
    return new BigDecimal(node.stringValue());
  }
}
