package kassa.domain.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.domain.money.Money;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.engine.Pricing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Prices the examples of {@code docs/reference/pricing.md} and checks its generated table. To renew
 * the table: {@code mvn -pl domain test -Dtest=PricingGuideTest -Dkassa.guide.renew=true}.
 */
class PricingGuideTest {

  private static final String RENEW = "kassa.guide.renew";
  private static final String BEGIN = "<!-- begin generated: examples -->\n";
  private static final String END = "<!-- end generated: examples -->\n";

  /** Relative to the folder of the module, in which Surefire runs the tests. */
  private static final Path GUIDE = Path.of("..", "docs", "reference", "pricing.md");

  static Stream<PricingCase> examples() {
    return PricingCase.read("examples.json").stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void prices_each_documented_example(PricingCase example) {
    Quote quote = Pricing.price(example.request(), example.ruleSet());
    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> found = new LinkedHashMap<>();
    for (String name : example.expected().propertyNames()) {
      expected.put(name, text(example.expected().get(name)));
      found.put(name, found(name, quote));
    }
    assertThat(found).as("%s", quote.trace()).isEqualTo(expected);
  }

  @Test
  void every_kind_of_effect_has_an_example() {
    assertThat(
            examples()
                .flatMap(example -> example.node().get("quote").get("rules").valueStream())
                .flatMap(rule -> rule.get("effects").valueStream())
                .map(effect -> effect.get("type").stringValue())
                .distinct())
        .hasSize(17);
  }

  @Test
  void pricing_guide_is_up_to_date() throws IOException {
    String guide = Files.readString(GUIDE);
    String renewed =
        guide.substring(0, guide.indexOf(BEGIN) + BEGIN.length())
            + table()
            + guide.substring(guide.indexOf(END));
    if (Boolean.getBoolean(RENEW)) {
      Files.writeString(GUIDE, renewed);
    }
    assertThat(Files.readString(GUIDE))
        .as("docs/reference/pricing.md is out of date; renew it with -D%s=true", RENEW)
        .isEqualTo(renewed);
  }

  private static String table() {
    return "\n| example | rule | cart | price |\n| --- | --- | --- | --- |\n"
        + examples().map(PricingGuideTest::row).collect(Collectors.joining());
  }

  private static String row(PricingCase example) {
    JsonNode quote = example.node().get("quote");
    PricedCart price = Pricing.price(example.request(), example.ruleSet()).price();
    return "| **%s**<br>%s | %s%s | %s | %s |\n"
        .formatted(
            example.node().get("kind").stringValue(),
            example.node().get("title").stringValue(),
            quote
                .get("rules")
                .valueStream()
                .map(rule -> "`" + withoutId(rule) + "`")
                .collect(Collectors.joining("<br>")),
            quote.has("policy") ? "<br>policy `" + quote.get("policy") + "`" : "",
            cart(quote),
            result(price));
  }

  private static String withoutId(JsonNode rule) {
    return rule.toString().replaceFirst("\"id\":\"[a-z]\",", "");
  }

  private static String cart(JsonNode quote) {
    StringJoiner cart = new StringJoiner("<br>");
    for (JsonNode line : quote.get("lines")) {
      List<String> more = new ArrayList<>();
      line.propertyNames().stream()
          .filter(name -> !List.of("sku", "quantity", "unitPrice").contains(name))
          .forEach(name -> more.add(name + " " + line.get(name).toString().replace("\"", "")));
      cart.add(
          line.get("quantity").asString()
              + " x "
              + line.get("sku").stringValue()
              + " at "
              + line.get("unitPrice").stringValue()
              + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")"));
    }
    for (String name : List.of("shipping", "codes", "customer", "pricesIncludeTax")) {
      if (quote.has(name)) {
        cart.add(name + " `" + quote.get(name) + "`");
      }
    }
    return cart.toString();
  }

  private static String result(PricedCart price) {
    StringJoiner sum = new StringJoiner(" ");
    sum.add(price.subtotal().toPlainString());
    if (price.shipping() != null) {
      sum.add("+ " + price.shipping().shipping().amount().toPlainString() + " shipping");
    }
    sum.add("- " + price.discountTotal().toPlainString());
    if (!price.taxTotal().isZero() && !price.pricesIncludeTax()) {
      sum.add("+ " + price.taxTotal().toPlainString() + " tax");
    }
    sum.add("= **" + price.total().toPlainString() + "**");
    if (price.pricesIncludeTax()) {
      sum.add("including " + price.taxTotal().toPlainString() + " tax");
    }
    return sum.toString();
  }

  private static Object text(JsonNode expected) {
    if (expected.isArray()) {
      return expected.valueStream().map(PricingGuideTest::text).toList();
    }
    if (expected.isObject()) {
      return expected.get(expected.has("code") ? "code" : "ruleId").stringValue()
          + " "
          + expected.get("reason").stringValue();
    }
    return new BigDecimal(expected.stringValue());
  }

  private static Object found(String name, Quote quote) {
    PricedCart price = quote.price();
    return switch (name) {
      case "subtotal" -> decimal(price.subtotal());
      case "discountTotal" -> decimal(price.discountTotal());
      case "shippingTotal" -> decimal(price.shippingTotal());
      case "taxTotal" -> decimal(price.taxTotal());
      case "total" -> decimal(price.total());
      case "perLineDiscount" ->
          price.lines().stream()
              .map(PricedLine::discountTotal)
              .map(PricingGuideTest::decimal)
              .toList();
      case "rejected" -> quote.rejected().stream().map(PricingGuideTest::rejection).toList();
      default -> throw new AssertionError("unknown result " + name);
    };
  }

  private static String rejection(Rejection rejection) {
    return (rejection.code() == null ? rejection.rule() : rejection.code())
        + " "
        + rejection.reason().name().toLowerCase(java.util.Locale.ROOT);
  }

  private static BigDecimal decimal(Money money) {
    return new BigDecimal(money.toPlainString());
  }
}
