package kassa.domain.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.Allocation;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.Quote;
import kassa.domain.pricing.RefundCalculation;
import kassa.domain.pricing.engine.Pricing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Prices the examples of public projects. */
class PricingCasesTest {

  /** This example compares codes with their case; Kassa ignores it. */
  private static final Set<String> INTENTIONAL_DIFFERENCES = Set.of("ven-code-1");

  static Stream<PricingCase> priced() {
    return cases(it -> it.has("quote") && !it.tier().equals("quirk"))
        .filter(it -> !INTENTIONAL_DIFFERENCES.contains(it.id()));
  }

  static Stream<PricingCase> allocated() {
    return cases(it -> it.has("allocate") && !it.tier().equals("quirk"));
  }

  private static Stream<PricingCase> cases(Predicate<PricingCase> filter) {
    return PricingCase.read("pricing.json").stream().filter(filter);
  }

  @Test
  void reads_all_185_examples() {
    assertThat(PricingCase.read("pricing.json")).hasSize(185);
    assertThat(priced()).hasSize(185 - 5 - 11 - 1);
    assertThat(allocated()).hasSize(11);
  }

  @ParameterizedTest
  @MethodSource("priced")
  void prices_each_example_as_expected(PricingCase example) {
    Quote quote = Pricing.price(example.request(), example.ruleSet());
    Map<String, Object> found = new java.util.TreeMap<>();
    Map<String, Object> expected = new java.util.TreeMap<>();
    for (String name : example.expected().propertyNames()) {
      expected.put(name, value(example.expected().get(name)));
      found.put(name, found(name, example, quote));
    }
    assertThat(found).as("%s", quote.trace()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("allocated")
  void allocates_each_example_as_expected(PricingCase example) {
    JsonNode allocate = example.node().get("allocate");
    long[] weights = longs(allocate.get("weights"));
    assertThat(Allocation.allocate(allocate.get("amount").asLong(), weights))
        .containsExactly(longs(allocate.get("expected")));
  }

  @Test
  void allocates_by_largest_remainder_where_others_favour_the_first() {
    JsonNode allocate = named("syl-alloc-2").node().get("allocate");

    assertThat(Allocation.allocate(allocate.get("amount").asLong(), longs(allocate.get("weights"))))
        .containsExactly(161, 53, 86)
        .isNotEqualTo(longs(allocate.get("expected")));
  }

  @Test
  void allocates_a_capped_share_by_largest_remainder() {
    PricingCase example = named("sol-cap-1");

    assertThat(differences(example)).containsExactly("perLineDiscount");
    assertThat(quote(example).price().lines())
        .extracting(line -> line.discountTotal().toPlainString())
        .containsExactly("9.23", "17.69", "23.08");
  }

  @Test
  void rounds_half_up_where_others_round_half_down() {
    PricingCase example = named("woo-10");

    assertThat(differences(example)).containsExactly("discountTotal", "total");
    assertThat(quote(example).price().discountTotal().toPlainString()).isEqualTo("16.76");
    assertThat(quote(example).price().total().toPlainString()).isEqualTo("43.09");
  }

  @ParameterizedTest
  @ValueSource(strings = {"woo-13", "pre-1"})
  void differs_by_at_most_one_cent_from_other_rounding(String id) {
    PricingCase example = named(id);

    for (String name : List.of("subtotal", "discountTotal", "total")) {
      BigDecimal expected = new BigDecimal(example.expected().get(name).stringValue());
      BigDecimal found = (BigDecimal) found(name, example, quote(example));
      assertThat(found).as(name).isCloseTo(expected, within(new BigDecimal("0.01")));
    }
    assertThat(differences(example)).doesNotContain("shippingTotal");
  }

  @Test
  void accepts_a_code_in_any_letter_case() {
    PricingCase example = named("ven-code-1");

    assertThat(differences(example)).containsExactly("discountTotal", "rejected", "total");
    assertThat(quote(example).rejected()).isEmpty();
    assertThat(quote(example).price().total().isZero()).isTrue();
    assertThat(quote(example).price().discounts())
        .extracting(discount -> String.valueOf(discount.code()))
        .containsExactly("testcoupon");
  }

  private static PricingCase named(String id) {
    return cases(it -> it.id().equals(id)).findFirst().orElseThrow();
  }

  private static Quote quote(PricingCase example) {
    return Pricing.price(example.request(), example.ruleSet());
  }

  /** The names of the results that differ from the example, in alphabetical order. */
  private static List<String> differences(PricingCase example) {
    return example.expected().propertyNames().stream()
        .filter(name ->
            !value(example.expected().get(name)).equals(found(name, example, quote(example))))
        .sorted()
        .toList();
  }

  private static long[] longs(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  private static Object value(JsonNode expected) {
    if (expected.isArray()) {
      List<Object> values = new ArrayList<>();
      expected.forEach(element -> values.add(value(element)));
      return values;
    }
    if (expected.isObject()) {
      Map<String, Object> values = new java.util.TreeMap<>();
      expected.propertyNames().forEach(name -> values.put(name, value(expected.get(name))));
      return values;
    }
    String text = expected.stringValue();
    return text.matches("-?[0-9]+(\\.[0-9]+)?") ? new BigDecimal(text).stripTrailingZeros() : text;
  }

  private static Object found(String name, PricingCase example, Quote quote) {
    List<PricedLine> lines = quote.price().lines();
    return switch (name) {
      case "subtotal" -> decimal(quote.price().subtotal());
      case "discountTotal" -> decimal(quote.price().discountTotal());
      case "total" -> decimal(quote.price().total());
      case "taxTotal" -> decimal(quote.price().taxTotal());
      case "shippingTotal" -> decimal(quote.price().shippingTotal());
      case "perLineDiscount" ->
          lines.stream().map(line -> (Object) decimal(line.discountTotal())).toList();
      case "perUnitDiscount" ->
          lines.stream()
              .map(line ->
                  (Object)
                      line.unitDiscounts(1_000).stream().map(PricingCasesTest::decimal).toList())
              .toList();
      case "finalUnitPrice" ->
          decimal(lines.getFirst().total())
              .divide(lines.getFirst().line().quantity().toBigDecimal())
              .stripTrailingZeros();
      case "appliedCodes" ->
          quote.price().discounts().stream()
              .map(Discount::code)
              .filter(java.util.Objects::nonNull)
              .map(Object::toString)
              .map(Object.class::cast)
              .toList();
      case "rejected" -> quote.rejected().stream().map(PricingCasesTest::rejection).toList();
      case "refundAmount" -> {
        Map<Sku, Long> returned = new java.util.LinkedHashMap<>();
        for (JsonNode line : example.node().get("refund")) {
          returned.put(
              new Sku(line.get("sku").stringValue()), line.get("quantity").asLong() * 1_000);
        }
        yield decimal(RefundCalculation.of(quote.price(), returned));
      }
      default -> throw new AssertionError("unknown result " + name);
    };
  }

  private static Object rejection(kassa.domain.pricing.Rejection rejection) {
    Map<String, Object> values = new java.util.TreeMap<>();
    values.put("reason", rejection.reason().name().toLowerCase(java.util.Locale.ROOT));
    if (rejection.code() != null) {
      values.put("code", rejection.code().value());
    } else {
      values.put("ruleId", String.valueOf(rejection.rule()));
    }
    return values;
  }

  private static BigDecimal decimal(Money money) {
    return new BigDecimal(money.toPlainString()).stripTrailingZeros();
  }
}
