package kassa.domain.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import kassa.domain.InvalidValueException;
import kassa.domain.catalogue.Sku;
import kassa.domain.testing.RuleDsl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectReaderTest {

  private Violations violations = new Violations();

  @BeforeEach
  void resetViolations() {
    violations = new Violations();
  }

  private JsonObjectReader fields(String json) {
    return new JsonObjectReader(RuleDsl.json(json), "/at", violations);
  }

  private void assertViolation(String pointer, String code, String detail, boolean malformed) {
    assertThat(violations.reported())
        .containsExactly(new Violation(pointer, code, detail, malformed));
  }

  @Test
  void reads_strings_numbers_booleans_and_enums() {
    JsonObjectReader fields = fields("{t: 'x', n: 5, d: 2.5, e: '2.5', f: true, w: 'seconds'}");

    assertThat(fields.<String>requiredText("t", text -> text + "!")).isEqualTo("x!");
    assertThat(fields.requiredInteger("n", 5, 5)).isEqualTo(5);
    assertThat(fields.<BigDecimal>requiredDecimal("d", it -> it, BigDecimal::new)).isEqualTo("2.5");
    assertThat(fields.<BigDecimal>requiredDecimal("e", it -> it, BigDecimal::new)).isEqualTo("2.5");
    assertThat(fields.optionalBoolean("f", false)).isTrue();
    assertThat(fields.optionalEnum("w", java.util.concurrent.TimeUnit.class))
        .isEqualTo(java.util.concurrent.TimeUnit.SECONDS);
    assertThat(fields.names()).containsExactly("t", "n", "d", "e", "f", "w");
    assertThat(fields.has("t")).isTrue();
    assertThat(fields.has("x")).isFalse();
    assertThat(fields.pointer()).isEqualTo("/at");
    fields.rejectUnknownFields();
    assertThat(fields.violations().isEmpty()).isTrue();
  }

  @Test
  void absent_fields_are_null_or_the_default() {
    JsonObjectReader fields = fields("{}");

    assertThat(fields.<String>optionalText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>optionalDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.optionalInteger("n", 0, 1)).isNull();
    assertThat(fields.optionalBoolean("f", true)).isTrue();
    assertThat(fields.optionalBoolean("f", false)).isFalse();
    assertThat(fields.<String>optionalNonEmptyList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields.optionalSet("s", 1, Sku::new)).isNull();
    assertThat(fields.optionalCounts("c", 1, Sku::new, 1)).isNull();
    assertThat(fields.optionalObject("o")).isNull();
    assertThat(fields.value("v")).isNull();
    assertThat(violations.isEmpty()).isTrue();
  }

  @Test
  void missing_required_fields_are_violations() {
    JsonObjectReader fields = fields("{}");

    assertThat(fields.<String>requiredText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>requiredDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.requiredInteger("n", 0, 1)).isNull();
    assertThat(fields.<String>requiredNonEmptyList("l", 1, (_, at) -> at)).isNull();
    assertThat(violations.reported())
        .extracting(Violation::pointer, Violation::code, Violation::isMalformed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/at/t", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/d", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/n", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/l", "missing_field", false));
    assertThat(violations.reported().getFirst().detail()).isEqualTo("t must be given");
  }

  @Test
  void a_non_object_is_a_single_violation() {
    JsonObjectReader fields = fields("[]");

    assertThat(fields.<String>requiredText("t", text -> text)).isNull();
    assertViolation("/at", "wrong_type", "must be a JSON object", true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          4      | out_of_range | x must be from 5 to 7
          4.9999 | out_of_range | x must be from 5 to 7
          5      |              |
          5.0    |              |
          5.5    | too_precise  | x must be a whole number
          7      |              |
          7.0001 | out_of_range | x must be from 5 to 7
          8      | out_of_range | x must be from 5 to 7
          1e400  | out_of_range | x must be from 5 to 7
          '5'    | wrong_type   | x must be a whole JSON number
          true   | wrong_type   | x must be a whole JSON number
          """)
  void an_integer_is_within_its_bounds(
      String json,
      @org.jspecify.annotations.Nullable String code,
      @org.jspecify.annotations.Nullable String detail) {
    Long read = fields("{x: " + json + "}").optionalInteger("x", 5, 7);

    if (code == null) {
      assertThat(read).isBetween(5L, 7L);
      assertThat(violations.isEmpty()).isTrue();
    } else {
      assertThat(read).isNull();
      assertViolation("/at/x", code, String.valueOf(detail), code.equals("wrong_type"));
    }
  }

  @Test
  void zero_is_an_integer_in_any_notation() {
    assertThat(fields("{x: 0.000}").optionalInteger("x", 0, 0)).isZero();
    assertThat(fields("{x: 0e9}").optionalInteger("x", 0, 0)).isZero();
    assertThat(fields("{x: -0.0}").optionalInteger("x", 0, 0)).isZero();
    assertThat(violations.isEmpty()).isTrue();
  }

  @Test
  void a_value_of_the_wrong_type_is_malformed() {
    JsonObjectReader fields = fields("{t: 1, d: [], f: 'true', l: {}, w: 1}");

    assertThat(fields.<String>optionalText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>optionalDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.optionalBoolean("f", true)).isTrue();
    assertThat(fields.<String>optionalNonEmptyList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields.optionalEnum("w", java.util.concurrent.TimeUnit.class)).isNull();
    assertThat(violations.reported())
        .extracting(Violation::detail)
        .containsExactly(
            "t must be a JSON string",
            "d must be a JSON number, or a string of one",
            "f must be true or false",
            "l must be a JSON array",
            "w must be a JSON string");
    assertThat(violations.reported()).allMatch(Violation::isMalformed);
  }

  @Test
  void an_enum_accepts_only_its_constants() {
    assertThat(fields("{w: 'LINE'}").optionalEnum("w", kassa.domain.rule.Policy.TaxRoundAt.class))
        .isNull();
    assertViolation("/at/w", "out_of_range", "w must be one of line, unit", false);
  }

  @Test
  void an_empty_optional_list_is_absent_and_a_list_has_a_maximum_size() {
    assertThat(fields("{l: [1, 2]}").<String>optionalNonEmptyList("l", 2, (_, at) -> at))
        .containsExactly("/at/l/0", "/at/l/1");
    assertThat(fields("{l: [1, 2]}").<String>optionalNonEmptyList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields("{l: []}").<String>optionalNonEmptyList("l", 1, (_, at) -> at)).isNull();
    assertThat(
            fields("{l: [1, 2]}")
                .<String>optionalNonEmptyList("l", 2, (_, at) -> at.endsWith("0") ? null : at))
        .isNull();
    assertThat(violations.reported())
        .extracting(violation -> violation.code() + ": " + violation.detail())
        .containsExactly("too_many: l must hold at most 1 elements");
  }

  @Test
  void an_optional_list_may_be_empty() {
    assertThat(fields("{l: [1, 2]}").<String>optionalList("l", 2, (_, at) -> at))
        .containsExactly("/at/l/0", "/at/l/1");
    assertThat(fields("{l: []}").<String>optionalList("l", 2, (_, at) -> at)).isEmpty();
    assertThat(fields("{}").<String>optionalList("l", 2, (_, at) -> at)).isNull();
    assertThat(violations.isEmpty()).isTrue();
    assertThat(fields("{l: [1, 2]}").<String>optionalList("l", 1, (_, at) -> at)).isNull();
    assertViolation("/at/l", "too_many", "l must hold at most 1 elements", false);
  }

  @Test
  void a_text_list_names_itself_in_the_detail_of_an_element() {
    assertThat(fields("{l: ['B', 'B']}").optionalTextList("l", 2, Sku::new))
        .containsExactly(new Sku("B"), new Sku("B"));
    assertThat(fields("{l: ['B']}").requiredTextList("l", 1, Sku::new))
        .containsExactly(new Sku("B"));
    assertThat(fields("{l: []}").optionalTextList("l", 2, Sku::new)).isEmpty();
    assertThat(fields("{}").optionalTextList("l", 2, Sku::new)).isEmpty();
    assertThat(violations.isEmpty()).isTrue();
    assertThat(fields("{l: ['B', 1]}").optionalTextList("l", 2, Sku::new)).isEmpty();
    assertThat(fields("{l: [1]}").requiredTextList("l", 2, Sku::new)).isNull();
    assertThat(fields("{l: []}").requiredTextList("l", 2, Sku::new)).isNull();
    assertThat(violations.reported())
        .containsExactly(
            new Violation("/at/l/1", "wrong_type", "an element of l must be a JSON string", true),
            new Violation("/at/l/0", "wrong_type", "an element of l must be a JSON string", true),
            new Violation("/at/l", "empty", "l must hold at least one element", false));
  }

  @Test
  void an_element_of_a_set_must_be_a_string() {
    assertThat(fields("{s: [1]}").optionalSet("s", 2, Sku::new)).isNull();
    assertViolation("/at/s/0", "wrong_type", "must be a JSON string", true);
  }

  @Test
  void an_optional_boolean_without_a_default_may_be_absent() {
    assertThat(fields("{f: true}").optionalBoolean("f")).isTrue();
    assertThat(fields("{f: false}").optionalBoolean("f")).isFalse();
    assertThat(fields("{}").optionalBoolean("f")).isNull();
    assertThat(violations.isEmpty()).isTrue();
    assertThat(fields("{f: 1}").optionalBoolean("f")).isNull();
    assertViolation("/at/f", "wrong_type", "f must be true or false", true);
  }

  @Test
  void a_required_enum_must_be_given() {
    assertThat(fields("{w: 'line'}").requiredEnum("w", kassa.domain.rule.Policy.TaxRoundAt.class))
        .isEqualTo(kassa.domain.rule.Policy.TaxRoundAt.LINE);
    assertThat(fields("{}").requiredEnum("w", kassa.domain.rule.Policy.TaxRoundAt.class)).isNull();
    assertViolation("/at/w", "missing_field", "w must be given", false);
  }

  @Test
  void a_text_map_reports_each_invalid_entry() {
    assertThat(
            fields("{m: {a: 'x', b: 'y'}}").<Map<String, String>>optionalTextMap("m", Map::copyOf))
        .isEqualTo(Map.of("a", "x", "b", "y"));
    assertThat(fields("{}").<Map<String, String>>optionalTextMap("m", Map::copyOf)).isEmpty();
    assertThat(violations.isEmpty()).isTrue();
    assertThat(
            fields("{m: {a: 1, b: 'y', c: 'no'}}")
                .<Map<String, String>>optionalTextMap("m", JsonObjectReaderTest::rejectNo))
        .isNull();
    assertThat(violations.reported())
        .containsExactly(
            new Violation("/at/m/a", "wrong_type", "a value in m must be a JSON string", true),
            new Violation("/at/m/c", "malformed", "must not be no", false));
  }

  @Test
  void a_text_map_reports_what_only_all_entries_break() {
    assertThat(
            fields("{m: {a: 'x', b: 'y'}}")
                .<Map<String, String>>optionalTextMap("m", JsonObjectReaderTest::rejectMoreThanOne))
        .isNull();
    assertViolation("/at/m", "too_many", "must hold at most 1", false);
  }

  private static Map<String, String> rejectNo(Map<String, String> entries) {
    if (entries.containsValue("no")) {
      throw new InvalidValueException(InvalidValueException.Reason.MALFORMED, "must not be no");
    }
    return entries;
  }

  private static Map<String, String> rejectMoreThanOne(Map<String, String> entries) {
    if (entries.size() > 1) {
      throw new InvalidValueException(InvalidValueException.Reason.TOO_MANY, "must hold at most 1");
    }
    return entries;
  }

  @Test
  void reads_the_elements_of_a_root_array() {
    assertThat(
            JsonObjectReader.<String>readElements(
                RuleDsl.json("[1, 2]"), "l", "", 2, (_, at) -> at, violations))
        .containsExactly("/0", "/1");
    assertThat(violations.isEmpty()).isTrue();
  }

  @Test
  void a_json_value_is_its_own_copy() {
    JsonValue json = RuleDsl.json("{a: [true, 1, 'x']}");

    assertThat(JsonValue.copyOf(json)).isSameAs(json);
  }

  @Test
  void a_json_value_has_only_the_accessors_of_its_type() {
    JsonInput string = RuleDsl.json("'x'");
    JsonInput array = RuleDsl.json("[1]");

    assertThat(string.isObject()).isFalse();
    assertThat(string.isArray()).isFalse();
    assertThat(string.names()).isEmpty();
    assertThat(string.size()).isZero();
    assertThat(string.member("a")).isNull();
    assertThat(string.number()).isNull();
    assertThat(string.bool()).isNull();
    assertThat(array.string()).isNull();
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> string.element(0));
  }

  @Test
  void a_set_rejects_duplicates_and_keeps_its_order() {
    assertThat(fields("{s: ['B', 'A']}").optionalSet("s", 2, Sku::new))
        .isEqualTo(Set.of(new Sku("A"), new Sku("B")))
        .containsExactly(new Sku("B"), new Sku("A"));
    assertThat(fields("{s: ['A', 'A']}").optionalSet("s", 2, Sku::new)).isNull();
    assertViolation("/at/s", "repeated", "s must not hold the same twice", false);
  }

  @Test
  void counts_are_integers_by_name() {
    SequencedMap<Sku, Long> counts =
        fields("{c: {B: 2, A: 1}}").optionalCounts("c", 2, Sku::new, 2);

    assertThat(counts).containsExactly(Map.entry(new Sku("B"), 2L), Map.entry(new Sku("A"), 1L));
    assertThat(fields("{c: {B: 3}}").optionalCounts("c", 2, Sku::new, 2)).isNull();
    assertViolation("/at/c/B", "out_of_range", "B must be from 1 to 2", false);
  }

  @Test
  void unknown_fields_are_violations() {
    JsonObjectReader fields = fields("{known: 1, 'a/b': 1, '~': 1}");
    fields.value("known");

    fields.rejectUnknownFields();

    assertThat(violations.reported())
        .extracting(Violation::pointer)
        .containsExactly("/at/a~1b", "/at/~0");
    assertThat(violations.reported())
        .allMatch(violation -> violation.isMalformed() && violation.code().equals("unknown_field"));
  }

  @Test
  void reports_at_most_100_violations_and_counts_all() {
    for (int i = 0; i < 150; i++) {
      violations.addInvalid("/" + i, "x", "y");
    }

    assertThat(violations.reported()).hasSize(100);
    assertThat(violations.reported().getLast().pointer()).isEqualTo("/99");
    assertThat(violations.count()).isEqualTo(150);
    assertThat(violations.isEmpty()).isFalse();
  }

  @Test
  void json_values_are_defensive_copies() {
    Map<String, JsonValue> entries =
        new LinkedHashMap<>(Map.of("a", new JsonValue.JsonBoolean(true)));
    List<JsonValue> elements = new ArrayList<>(List.of(new JsonValue.JsonString("x")));
    JsonValue.JsonObject fields = JsonValue.JsonObject.of(entries);
    JsonValue.JsonArray items = new JsonValue.JsonArray(elements);

    entries.clear();
    elements.clear();

    assertThat(fields).isEqualTo(RuleDsl.json("{a: true}"));
    assertThat(items).isEqualTo(RuleDsl.json("['x']"));
  }
}
