package kassa.domain.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import kassa.domain.catalogue.Sku;
import kassa.domain.testing.Written;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldReaderTest {

  private Flaws flaws = new Flaws();

  @BeforeEach
  void nothingIsWrong() {
    flaws = new Flaws();
  }

  private FieldReader fields(String json) {
    return new FieldReader(Written.notation(json), "/at", flaws);
  }

  private void assertFlaw(String pointer, String code, String detail, boolean malformed) {
    assertThat(flaws.found()).containsExactly(new Flaw(pointer, code, detail, malformed));
  }

  @Test
  void reads_texts_numbers_flags_and_words() {
    FieldReader fields = fields("{t: 'x', n: 5, d: 2.5, e: '2.5', f: true, w: 'seconds'}");

    assertThat(fields.<String>requiredText("t", text -> text + "!")).isEqualTo("x!");
    assertThat(fields.requiredWhole("n", 5, 5)).isEqualTo(5);
    assertThat(fields.<BigDecimal>requiredDecimal("d", it -> it, BigDecimal::new)).isEqualTo("2.5");
    assertThat(fields.<BigDecimal>requiredDecimal("e", it -> it, BigDecimal::new)).isEqualTo("2.5");
    assertThat(fields.flag("f", false)).isTrue();
    assertThat(fields.optionalWord("w", java.util.concurrent.TimeUnit.class))
        .isEqualTo(java.util.concurrent.TimeUnit.SECONDS);
    assertThat(fields.names()).containsExactly("t", "n", "d", "e", "f", "w");
    assertThat(fields.has("t")).isTrue();
    assertThat(fields.has("x")).isFalse();
    assertThat(fields.pointer()).isEqualTo("/at");
    fields.refuseOthers();
    assertThat(fields.flaws().isEmpty()).isTrue();
  }

  @Test
  void what_is_absent_is_null_or_what_it_would_be_otherwise() {
    FieldReader fields = fields("{}");

    assertThat(fields.<String>optionalText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>optionalDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.optionalWhole("n", 0, 1)).isNull();
    assertThat(fields.flag("f", true)).isTrue();
    assertThat(fields.flag("f", false)).isFalse();
    assertThat(fields.<String>optionalList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields.optionalSet("s", 1, Sku::new)).isNull();
    assertThat(fields.optionalCounts("c", 1, Sku::new, 1)).isNull();
    assertThat(fields.optionalObject("o")).isNull();
    assertThat(fields.value("v")).isNull();
    assertThat(flaws.isEmpty()).isTrue();
  }

  @Test
  void what_must_be_there_and_is_not_is_a_flaw() {
    FieldReader fields = fields("{}");

    assertThat(fields.<String>requiredText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>requiredDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.requiredWhole("n", 0, 1)).isNull();
    assertThat(fields.<String>requiredList("l", 1, (_, at) -> at)).isNull();
    assertThat(flaws.found())
        .extracting(Flaw::pointer, Flaw::code, Flaw::malformed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/at/t", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/d", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/n", "missing_field", false),
            org.assertj.core.groups.Tuple.tuple("/at/l", "missing_field", false));
    assertThat(flaws.found().getFirst().detail()).isEqualTo("t must be given");
  }

  @Test
  void what_is_no_object_is_one_flaw_and_not_one_for_each_field() {
    FieldReader fields = fields("[]");

    assertThat(fields.<String>requiredText("t", text -> text)).isNull();
    assertFlaw("/at", "wrong_type", "must be a JSON object", true);
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
  void a_whole_number_is_within_its_bounds(
      String json,
      @org.jspecify.annotations.Nullable String code,
      @org.jspecify.annotations.Nullable String detail) {
    Long read = fields("{x: " + json + "}").optionalWhole("x", 5, 7);

    if (code == null) {
      assertThat(read).isBetween(5L, 7L);
      assertThat(flaws.isEmpty()).isTrue();
    } else {
      assertThat(read).isNull();
      assertFlaw("/at/x", code, String.valueOf(detail), code.equals("wrong_type"));
    }
  }

  @Test
  void zero_is_whole_however_it_is_written() {
    assertThat(fields("{x: 0.000}").optionalWhole("x", 0, 0)).isZero();
    assertThat(fields("{x: 0e9}").optionalWhole("x", 0, 0)).isZero();
    assertThat(fields("{x: -0.0}").optionalWhole("x", 0, 0)).isZero();
    assertThat(flaws.isEmpty()).isTrue();
  }

  @Test
  void a_value_of_the_wrong_type_is_malformed() {
    FieldReader fields = fields("{t: 1, d: [], f: 'true', l: {}, w: 1}");

    assertThat(fields.<String>optionalText("t", text -> text)).isNull();
    assertThat(fields.<BigDecimal>optionalDecimal("d", it -> it, BigDecimal::new)).isNull();
    assertThat(fields.flag("f", true)).isTrue();
    assertThat(fields.<String>optionalList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields.optionalWord("w", java.util.concurrent.TimeUnit.class)).isNull();
    assertThat(flaws.found())
        .extracting(Flaw::detail)
        .containsExactly(
            "t must be a JSON string",
            "d must be a JSON number, or a string of one",
            "f must be true or false",
            "l must be a JSON array",
            "w must be a JSON string");
    assertThat(flaws.found()).allMatch(Flaw::malformed);
  }

  @Test
  void a_word_is_one_of_those_that_are_allowed() {
    assertThat(fields("{w: 'LINE'}").optionalWord("w", kassa.domain.rule.Policy.TaxRoundAt.class))
        .isNull();
    assertFlaw("/at/w", "out_of_range", "w must be one of line, unit", false);
  }

  @Test
  void a_list_holds_something_and_no_more_than_it_may() {
    assertThat(fields("{l: [1, 2]}").<String>optionalList("l", 2, (_, at) -> at))
        .containsExactly("/at/l/0", "/at/l/1");
    assertThat(fields("{l: [1, 2]}").<String>optionalList("l", 1, (_, at) -> at)).isNull();
    assertThat(fields("{l: []}").<String>optionalList("l", 1, (_, at) -> at)).isNull();
    assertThat(
            fields("{l: [1, 2]}")
                .<String>optionalList("l", 2, (_, at) -> at.endsWith("0") ? null : at))
        .isNull();
    assertThat(flaws.found())
        .extracting(flaw -> flaw.code() + ": " + flaw.detail())
        .containsExactly(
            "too_many: l must hold at most 1 elements", "empty: l must hold at least one element");
  }

  @Test
  void a_set_holds_nothing_twice_and_keeps_its_order() {
    assertThat(fields("{s: ['B', 'A']}").optionalSet("s", 2, Sku::new))
        .isEqualTo(Set.of(new Sku("A"), new Sku("B")))
        .containsExactly(new Sku("B"), new Sku("A"));
    assertThat(fields("{s: ['A', 'A']}").optionalSet("s", 2, Sku::new)).isNull();
    assertFlaw("/at/s", "repeated", "s must not hold the same twice", false);
  }

  @Test
  void counts_are_whole_numbers_by_name() {
    SequencedMap<Sku, Long> counts =
        fields("{c: {B: 2, A: 1}}").optionalCounts("c", 2, Sku::new, 2);

    assertThat(counts).containsExactly(Map.entry(new Sku("B"), 2L), Map.entry(new Sku("A"), 1L));
    assertThat(fields("{c: {B: 3}}").optionalCounts("c", 2, Sku::new, 2)).isNull();
    assertFlaw("/at/c/B", "out_of_range", "B must be from 1 to 2", false);
  }

  @Test
  void every_field_that_nobody_asked_for_is_a_flaw() {
    FieldReader fields = fields("{known: 1, 'a/b': 1, '~': 1}");
    fields.value("known");

    fields.refuseOthers();

    assertThat(flaws.found()).extracting(Flaw::pointer).containsExactly("/at/a~1b", "/at/~0");
    assertThat(flaws.found())
        .allMatch(flaw -> flaw.malformed() && flaw.code().equals("unknown_field"));
  }

  @Test
  void a_hundred_flaws_are_told_and_all_are_counted() {
    for (int i = 0; i < 150; i++) {
      flaws.invalid("/" + i, "x", "y");
    }

    assertThat(flaws.found()).hasSize(100);
    assertThat(flaws.found().getLast().pointer()).isEqualTo("/99");
    assertThat(flaws.count()).isEqualTo(150);
    assertThat(flaws.isEmpty()).isFalse();
  }

  @Test
  void what_is_written_down_does_not_change_with_what_it_was_made_of() {
    Map<String, Notation> entries = new LinkedHashMap<>(Map.of("a", new Notation.Flag(true)));
    List<Notation> elements = new ArrayList<>(List.of(new Notation.Text("x")));
    Notation.Fields fields = Notation.Fields.of(entries);
    Notation.Items items = new Notation.Items(elements);

    entries.clear();
    elements.clear();

    assertThat(fields).isEqualTo(Written.notation("{a: true}"));
    assertThat(items).isEqualTo(Written.notation("['x']"));
  }
}
