package kassa.adapters.http.pricing;

import static kassa.adapters.http.ContractCheckingClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prices the examples of public projects over HTTP; each example is the body of a quote. The domain
 * tests cover the examples of refunds and of allocations without a quote.
 */
class QuoteExamplesTest {

  private static final Path EXAMPLES = Path.of("../domain/src/test/resources/cases/pricing.json");

  /** Kassa compares codes case-insensitively, contrary to this example. */
  private static final Set<String> DEVIATIONS = Set.of("ven-code-1");

  private static final Set<String> AMOUNTS =
      Set.of("subtotal", "discountTotal", "total", "taxTotal", "shippingTotal");

  @AutoClose private static final TestServer SERVER = TestServer.start();

  static Stream<Arguments> examples() throws IOException {
    return TestJson.read(Files.readString(EXAMPLES))
        .get("cases")
        .valueStream()
        .filter(example -> example.has("quote"))
        .filter(example -> !example.get("tier").stringValue().equals("quirk"))
        .filter(example -> !example.has("refund"))
        .filter(example -> !DEVIATIONS.contains(example.get("id").stringValue()))
        .map(example -> Arguments.of(example.get("id").stringValue(), example));
  }

  @Test
  void number_of_examples_is_complete() throws IOException {
    assertThat(examples()).hasSize(185 - 5 - 11 - 2 - 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void example_is_priced_as_expected(String id, JsonNode example) {
    String units = example.get("expected").has("perUnitDiscount") ? "&units=true" : "";
    JsonNode quote =
        expect(
                200,
                SERVER
                    .client
                    .withoutRequestChecks()
                    .post(
                        "/v1/quotes?explain=true" + units,
                        withoutUnsupportedPolicies(example.get("quote")).toString()))
            .json();

    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : example.get("expected").properties()) {
      expected.put(each.getKey(), expectedValue(each.getKey(), each.getValue()));
      found.put(each.getKey(), actualValue(each.getKey(), quote));
    }
    assertThat(found).as("%s: %s", id, quote.get("trace")).isEqualTo(expected);
  }

  /** Removes policy fields that Kassa does not have; it always prices as these examples request. */
  private static JsonNode withoutUnsupportedPolicies(JsonNode quote) {
    JsonNode copy = quote.deepCopy();
    if (copy.get("policy") instanceof ObjectNode policy) {
      policy.remove(List.of("allocation", "rounding"));
    }
    return copy;
  }

  /** Returns the value in the quote for an expected field. */
  private static Object actualValue(String name, JsonNode quote) {
    if (AMOUNTS.contains(name)) {
      return amount(quote.get(name));
    }
    return switch (name) {
      case "perLineDiscount" ->
          quote.get("lines").valueStream().map(line -> amount(line.get("discountTotal"))).toList();
      case "perUnitDiscount" ->
          quote
              .get("lines")
              .valueStream()
              .map(line ->
                  line.get("unitDiscounts").valueStream().map(QuoteExamplesTest::amount).toList())
              .toList();
      case "appliedCodes" ->
          quote
              .get("discounts")
              .valueStream()
              .map(discount -> discount.get("code"))
              .filter(JsonNode::isString)
              .map(JsonNode::stringValue)
              .toList();
      case "rejected" -> quote.get("rejected");
      case "finalUnitPrice" ->
          amount(quote.at("/lines/0/total"))
              .divide(quote.at("/lines/0/quantity").decimalValue())
              .stripTrailingZeros();
      default -> throw new AssertionError("unknown expectation: " + name);
    };
  }

  private static Object expectedValue(String name, JsonNode value) {
    if (name.equals("rejected")) {
      return value;
    }
    if (value.isArray()) {
      return value.valueStream().map(element -> expectedValue(name, element)).toList();
    }
    return name.equals("appliedCodes") ? value.stringValue() : amount(value);
  }

  private static BigDecimal amount(JsonNode text) {
    return new BigDecimal(text.stringValue()).stripTrailingZeros();
  }
}
