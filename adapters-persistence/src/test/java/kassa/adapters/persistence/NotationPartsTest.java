package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kassa.contract.SampleRules;
import kassa.contract.ShippedRule;
import kassa.domain.notation.Notation;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.notation.Notation.Flag;
import kassa.domain.notation.Notation.Items;
import kassa.domain.notation.Notation.Numeral;
import kassa.domain.notation.Notation.Text;
import org.junit.jupiter.api.Test;

class NotationPartsTest {

  private static final List<String> NAMES =
      List.of("a", "0", "1", "", "~", "/", "~1", "~01", "a/b~c", "käse", "\uD83C\uDF81");
  private static final List<String> NUMBERS =
      List.of("10", "10.0", "-0.00", "1E+3", "1E-10", "12345678901234567890.5");

  @Test
  void come_back_as_the_notation_that_they_are_of() {
    long seed = new SplittableRandom().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      Fields notation = fields(random, 4);

      Fields back = NotationParts.unflatten(NotationParts.flatten(notation));

      assertThat(back).as("seed %s, tree %s", seed, i).isEqualTo(notation);
      assertThat(order(back)).as("seed %s, tree %s", seed, i).isEqualTo(order(notation));
    }
  }

  @Test
  void are_values_at_their_pointers() {
    assertThat(
            NotationParts.flatten(
                SampleRules.fields(
                    "a/b~c", List.of("x", 10), "none", SampleRules.fields(), "on", true)))
        .containsExactly(
            new PartRow("/a~1b~0c", "array", null),
            new PartRow("/a~1b~0c/0", "text", "x"),
            new PartRow("/a~1b~0c/1", "number", "10"),
            new PartRow("/none", "object", null),
            new PartRow("/on", "flag", "true"));
    assertThat(NotationParts.flatten(SampleRules.fields()))
        .containsExactly(new PartRow("", "object", null));
    assertThat(NotationParts.flatten(ShippedRule.NOTATION)).hasSize(12);
  }

  @Test
  void that_contradict_each_other_are_refused() {
    PartRow a = new PartRow("/a", "text", "x");
    PartRow list = new PartRow("/l", "array", null);
    for (List<PartRow> damaged :
        List.of(
            List.of(a, a),
            List.of(a, new PartRow("/a/b", "text", "x")),
            List.of(list, new PartRow("/l/1", "text", "x")),
            List.of(list, new PartRow("/l/b", "text", "x")),
            List.of(new PartRow("/a", "text", null)),
            List.of(new PartRow("/a", "number", "ten")),
            List.of(new PartRow("/a", "flag", "yes")),
            List.of(new PartRow("/a", "date", "x")),
            List.of(new PartRow("", "array", null)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> NotationParts.unflatten(damaged));
    }
  }

  /** The order of fields, which the equality of maps does not see. */
  private static String order(Notation notation) {
    return switch (notation) {
      case Fields fields -> {
        StringBuilder order = new StringBuilder("{");
        fields.entries().forEach((name, value) -> order.append(name).append(order(value)));
        yield order.append('}').toString();
      }
      case Items items ->
          items.elements().stream().map(NotationPartsTest::order).toList().toString();
      default -> notation.toString();
    };
  }

  private static Fields fields(SplittableRandom random, int depth) {
    SequencedMap<String, Notation> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      entries.put(any(NAMES, random), any(random, depth - 1));
    }
    return new Fields(entries);
  }

  private static Notation any(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> new Text(any(NAMES, random));
      case 1 -> new Numeral(new BigDecimal(any(NUMBERS, random)));
      case 2 -> new Flag(random.nextBoolean());
      case 3 ->
          new Items(
              IntStream.range(0, random.nextInt(4)).mapToObj(i -> any(random, depth - 1)).toList());
      default -> fields(random, depth);
    };
  }

  private static <T> T any(List<T> all, SplittableRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
