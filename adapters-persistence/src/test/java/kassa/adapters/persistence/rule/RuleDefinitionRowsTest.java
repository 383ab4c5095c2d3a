package kassa.adapters.persistence.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.domain.json.JsonValue;
import kassa.domain.json.JsonValue.JsonArray;
import kassa.domain.json.JsonValue.JsonBoolean;
import kassa.domain.json.JsonValue.JsonNumber;
import kassa.domain.json.JsonValue.JsonObject;
import kassa.domain.json.JsonValue.JsonString;
import org.junit.jupiter.api.Test;

class RuleDefinitionRowsTest {

  private static final List<String> NAMES =
      List.of("a", "0", "1", "", "~", "/", "~1", "~01", "a/b~c", "käse", "\uD83C\uDF81");
  private static final List<String> NUMBERS =
      List.of("10", "10.0", "-0.00", "1E+3", "1E-10", "12345678901234567890.5");

  @Test
  void round_trip_restores_the_json_value() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      JsonObject json = fields(random, 4);

      JsonObject restored = RuleDefinitionRows.unflatten(RuleDefinitionRows.flatten(json));

      assertThat(restored).as("seed %s, tree %s", seed, i).isEqualTo(json);
      assertThat(order(restored)).as("seed %s, tree %s", seed, i).isEqualTo(order(json));
    }
  }

  @Test
  void each_row_holds_a_value_and_its_json_pointer() {
    assertThat(
            RuleDefinitionRows.flatten(
                SampleRules.fields(
                    "a/b~c", List.of("x", 10), "none", SampleRules.fields(), "on", true)))
        .containsExactly(
            new RuleDefinitionRow("/a~1b~0c", "array", null),
            new RuleDefinitionRow("/a~1b~0c/0", "string", "x"),
            new RuleDefinitionRow("/a~1b~0c/1", "number", "10"),
            new RuleDefinitionRow("/none", "object", null),
            new RuleDefinitionRow("/on", "boolean", "true"));
    assertThat(RuleDefinitionRows.flatten(SampleRules.fields()))
        .containsExactly(new RuleDefinitionRow("", "object", null));
    assertThat(RuleDefinitionRows.flatten(SeedRule.JSON)).hasSize(12);
  }

  @Test
  void rejects_contradictory_rows() {
    RuleDefinitionRow a = new RuleDefinitionRow("/a", "string", "x");
    RuleDefinitionRow list = new RuleDefinitionRow("/l", "array", null);
    for (List<RuleDefinitionRow> damaged :
        List.of(
            List.of(a, a),
            List.of(a, new RuleDefinitionRow("/a/b", "string", "x")),
            List.of(list, new RuleDefinitionRow("/l/1", "string", "x")),
            List.of(list, new RuleDefinitionRow("/l/b", "string", "x")),
            List.of(new RuleDefinitionRow("/a", "string", null)),
            List.of(new RuleDefinitionRow("/a", "number", "ten")),
            List.of(new RuleDefinitionRow("/a", "boolean", "yes")),
            List.of(new RuleDefinitionRow("/a", "date", "x")),
            List.of(new RuleDefinitionRow("", "array", null)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> RuleDefinitionRows.unflatten(damaged));
    }
  }

  /** The order of fields, which map equality ignores. */
  private static String order(JsonValue json) {
    return switch (json) {
      case JsonObject fields -> {
        StringBuilder order = new StringBuilder("{");
        fields.members().forEach((name, value) -> order.append(name).append(order(value)));
        yield order.append('}').toString();
      }
      case JsonArray items ->
          items.elements().stream().map(RuleDefinitionRowsTest::order).toList().toString();
      default -> json.toString();
    };
  }

  private static JsonObject fields(SplittableRandom random, int depth) {
    SequencedMap<String, JsonValue> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(randomValue(NAMES, random), randomValue(random, depth - 1));
    }
    return new JsonObject(entries);
  }

  private static JsonValue randomValue(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new JsonString(randomValue(NAMES, random));
      case 1 -> new JsonNumber(new BigDecimal(randomValue(NUMBERS, random)));
      case 2 -> new JsonBoolean(random.nextBoolean());
      case 3 ->
          new JsonArray(
              IntStream.range(0, random.nextInt(4))
                  .mapToObj(i -> randomValue(random, depth - 1))
                  .toList());
      default -> fields(random, depth);
    };
  }

  private static <T> T randomValue(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
