package kassa.domain.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import kassa.domain.pricing.Shipping;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Rule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.json.PolicyReader;
import kassa.domain.rule.json.RuleReader;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Test DSL: parses rules and carts from short texts. */
public final class RuleDsl {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  private RuleDsl() {}

  /** Parses JSON with single-quoted strings and unquoted names. */
  public static JsonValue json(String json) {
    return json(JSON.readTree(json));
  }

  /** Converts JSON to a value of the domain. */
  public static JsonValue json(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonValue> entries = new LinkedHashMap<>();
      for (String name : node.propertyNames()) {
        if (!node.get(name).isNull()) {
          entries.put(name, json(node.get(name)));
        }
      }
      return JsonValue.JsonObject.of(entries);
    }
    if (node.isArray()) {
      List<JsonValue> elements = new ArrayList<>();
      node.forEach(element -> elements.add(json(element)));
      return new JsonValue.JsonArray(elements);
    }
    if (node.isBoolean()) {
      return new JsonValue.JsonBoolean(node.booleanValue());
    }
    return node.isNumber()
        ? new JsonValue.JsonNumber(node.decimalValue())
        : new JsonValue.JsonString(node.stringValue());
  }

  /** Parses rules; their ids are r1, r2 and so on, in the order of creation. */
  public static List<Rule> rules(String... texts) {
    List<Rule> rules = new ArrayList<>();
    for (String text : texts) {
      rules.add(rule("r" + (rules.size() + 1), text));
    }
    return rules;
  }

  /**
   * Parses a rule from JSON: a definition, or a single effect.
   *
   * @throws AssertionError if it has violations
   */
  public static Rule rule(String id, String text) {
    String whole = text.startsWith("{type") ? "{effects: [" + text + "]}" : text;
    Violations violations = new Violations();
    RuleDefinition definition = RuleReader.read(json(whole), "", violations);
    if (definition == null) {
      throw new AssertionError(violations.reported() + " in " + whole);
    }
    return new Rule(new RuleId(id), 1, definition.code() != null, definition);
  }

  /** Parses a policy from JSON; absent fields have their default. */
  public static Policy policy(String text) {
    Violations violations = new Violations();
    Policy policy =
        PolicyReader.read(new JsonObjectReader(json(text), "", violations), Policy.DEFAULT);
    if (!violations.isEmpty()) {
      throw new AssertionError(violations.reported() + " in " + text);
    }
    return policy;
  }

  /**
   * Parses a cart in dollars from parts separated by semicolons: lines such as {@code 2 x 10.00 MUG
   * #kitchen list=12.00 min=5.00 sale tax=19}, {@code ship 5.00 express} for shipping, {@code
   * gross} for prices that include tax, and {@code in EUR} for another currency. A line without a
   * sku has the sku L1, L2 and so on.
   */
  public static Cart cart(String text) {
    List<CartLine> lines = new ArrayList<>();
    Shipping shipping = null;
    boolean gross = false;
    java.util.Currency currency = java.util.Currency.getInstance("USD");
    for (String part : text.strip().split("\\s*;\\s*", -1)) {
      String[] words = part.strip().split("\\s+", -1);
      switch (words[0]) {
        case "ship" -> {
          long amount = Amount.parse("amount", words[1]).floor(currency);
          shipping = new Shipping(new Money(amount, currency), words.length > 2 ? words[2] : null);
        }
        case "gross" -> gross = true;
        case "in" -> currency = java.util.Currency.getInstance(words[1]);
        default -> lines.add(line(words, "L" + (lines.size() + 1), currency));
      }
    }
    return new Cart(currency, lines, shipping, gross);
  }

  private static CartLine line(String[] words, String defaultSku, java.util.Currency currency) {
    String sku = defaultSku;
    TreeSet<Tag> tags = new TreeSet<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 3; i < words.length; i++) {
      String word = words[i];
      if (word.startsWith("#")) {
        tags.add(new Tag(word.substring(1)));
      } else if (word.contains("=")) {
        values.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else if (word.equals("sale")) {
        values.put("sale", "");
      } else {
        sku = word;
      }
    }
    String list = values.get("list");
    String min = values.get("min");
    String tax = values.get("tax");
    return new CartLine(
        new Sku(sku),
        Quantity.parse(words[0]),
        UnitPrice.parse(Objects.requireNonNull(words[2]), currency),
        tags,
        list == null ? null : UnitPrice.parse(list, currency),
        values.containsKey("sale"),
        min == null ? null : UnitPrice.parse(min, currency),
        tax == null ? null : Percentage.parse(tax));
  }
}
