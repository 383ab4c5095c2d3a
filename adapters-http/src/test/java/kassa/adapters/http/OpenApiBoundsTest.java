package kassa.adapters.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.adapters.http.json.JsonCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every string, array and integer of the OpenAPI document has a bound. */
class OpenApiBoundsTest {

  private static final Set<String> BOUNDED_FORMATS = Set.of("date-time", "date", "uuid", "binary");
  private static final Set<String> NO_SCHEMAS = Set.of("example", "examples", "default");
  private static final Pattern ESCAPED = Pattern.compile("\\\\.|\\[[^]]*]");
  private static final Pattern REPEATED_WITHOUT_END = Pattern.compile("[*+]|\\{[0-9]+,}");

  @Test
  void every_string_array_and_integer_of_the_contract_has_a_bound() throws IOException {
    JsonNode contract = contract();
    List<String> unbounded = new ArrayList<>();

    collectUnbounded(contract, "", unbounded);

    assertThat(unbounded).isEmpty();
    assertThat(contract.at("/components/schemas").size()).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type": "string"}                                   | false
          {"type": ["string", "null"], "minLength": 1}         | false
          {"type": "string", "format": "uri-reference"}        | false
          {"type": "string", "pattern": "^[a-z]+$"}            | false
          {"type": "string", "pattern": "^[a-z]{2,}$"}         | false
          {"type": "string", "pattern": "[a-z]"}               | false
          {"type": "array", "items": {"const": "a"}}           | false
          {"type": "integer", "minimum": 1, "maximum": 2}      | false
          {"type": "integer", "minimum": 1, "format": "int32"} | false
          {"type": "string", "pattern": "^[*+]{1,3}\\\\+$"}    | true
          {"type": "string", "maxLength": 3}                   | true
          {"type": "string", "enum": ["a"]}                    | true
          {"type": ["string", "null"], "format": "date-time"}  | true
          {"type": "array", "maxItems": 3}                     | true
          {"type": "integer", "minimum": 1, "maximum": 2, "format": "int32"} | true
          """)
  void finds_what_has_no_bound(String schema, boolean isBounded) {
    List<String> unbounded = new ArrayList<>();

    collectUnbounded(JsonMapper.shared().readTree(schema), "", unbounded);

    assertThat(unbounded.isEmpty()).isEqualTo(isBounded);
  }

  @Test
  void bounds_of_requests_are_those_of_the_code() throws IOException {
    JsonNode contract = contract();
    int zone =
        contract.at("/components/schemas/TimeOfDayCondition/properties/zone/maxLength").asInt();

    assertThat(ZoneId.getAvailableZoneIds())
        .allSatisfy(id -> assertThat(id).hasSizeLessThanOrEqualTo(zone));
    assertThat(
            contract
                .at("/components/schemas/QuoteRequest/properties/codes/items/maxLength")
                .asInt())
        .isEqualTo(JsonCodec.MAX_STRING_LENGTH);
  }

  private static JsonNode contract() throws IOException {
    try (InputStream document =
        OpenApiBoundsTest.class.getResourceAsStream("/META-INF/kassa/openapi.json")) {
      return JsonMapper.shared().readTree(requireNonNull(document));
    }
  }

  private static void collectUnbounded(JsonNode node, String pointer, List<String> unbounded) {
    // Fields may have any name, such as type.
    if (!pointer.endsWith("/properties") && !isBounded(node)) {
      unbounded.add(pointer);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!NO_SCHEMAS.contains(member.getKey())) {
        String name = member.getKey().replace("~", "~0").replace("/", "~1");
        collectUnbounded(member.getValue(), pointer + "/" + name, unbounded);
      }
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collectUnbounded(node.get(i), pointer + "/" + i, unbounded);
      }
    }
  }

  private static boolean isBounded(JsonNode schema) {
    if (schema.has("enum") || schema.has("const")) {
      return true;
    }
    return types(schema)
        .allMatch(type ->
            switch (type) {
              case "string" ->
                  schema.has("maxLength")
                      || BOUNDED_FORMATS.contains(schema.path("format").asString(""))
                      || isFinite(schema.path("pattern").asString(""));
              case "array" -> schema.has("maxItems");
              case "integer" ->
                  schema.has("format") && schema.has("minimum") && schema.has("maximum");
              default -> true;
            });
  }

  private static Stream<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.values().stream().map(JsonNode::asString)
        : Stream.of(type.asString(""));
  }

  private static boolean isFinite(String pattern) {
    return pattern.startsWith("^")
        && pattern.endsWith("$")
        && !REPEATED_WITHOUT_END.matcher(ESCAPED.matcher(pattern).replaceAll("x")).find();
  }
}
