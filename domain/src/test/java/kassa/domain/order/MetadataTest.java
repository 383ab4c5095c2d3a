package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;

class MetadataTest {

  private static final String GIFT = "\uD83C\uDF81";

  @Test
  void holds_texts_in_the_order_of_their_names() {
    Metadata metadata = Metadata.of(Map.of("till", "7", "Note", "a\n\tb ", "empty", ""));

    assertThat(metadata.entries())
        .containsExactly(
            Map.entry("Note", "a\n\tb "), Map.entry("empty", ""), Map.entry("till", "7"));
  }

  @Test
  void may_be_empty() {
    assertThat(Metadata.of(Map.of()).entries()).isEmpty();
  }

  @Test
  void holds_50_entries_at_most() {
    assertThat(Metadata.of(entries(50)).entries()).hasSize(50);
    assertRejected(Reason.TOO_MANY, () -> Metadata.of(entries(51)));
  }

  @Test
  void has_names_of_64_characters_at_most() {
    assertThat(Metadata.of(Map.of(GIFT.repeat(64), "")).entries()).hasSize(1);
    assertRejected(Reason.TOO_LONG, () -> Metadata.of(Map.of("x".repeat(65), "")));
  }

  @Test
  void has_values_of_500_characters_at_most() {
    assertThat(Metadata.of(Map.of("gifts", GIFT.repeat(500))).entries()).hasSize(1);
    assertRejected(Reason.TOO_LONG, () -> Metadata.of(Map.of("gifts", "x".repeat(501))));
  }

  @Test
  void rejects_names_that_are_not_plain_single_lines() {
    assertRejected(Reason.EMPTY, () -> Metadata.of(Map.of("", "7")));
    assertRejected(Reason.MALFORMED, () -> Metadata.of(Map.of(" till", "7")));
    assertRejected(Reason.MALFORMED, () -> Metadata.of(Map.of("ti\nll", "7")));
  }

  @Test
  void rejects_values_with_control_characters() {
    assertRejected(Reason.MALFORMED, () -> Metadata.of(Map.of("till", "\u0000")));
    assertRejected(Reason.MALFORMED, () -> Metadata.of(Map.of("till", "\uD83C")));
  }

  @Test
  void is_a_defensive_copy() {
    Map<String, String> map = new HashMap<>(Map.of("till", "7"));
    TreeMap<String, String> sortedMap = new TreeMap<>(map);
    Metadata metadata = Metadata.of(map);
    Metadata sortedMetadata = new Metadata(sortedMap);

    map.put("till", "8");
    sortedMap.put("till", "8");

    assertThat(metadata).isEqualTo(Metadata.of(Map.of("till", "7"))).isEqualTo(sortedMetadata);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> metadata.entries().put("till", "8"));
  }

  @Test
  void sorts_entries_by_name_regardless_of_the_input_order() {
    TreeMap<String, String> backwards = new TreeMap<>(Comparator.reverseOrder());
    backwards.putAll(Map.of("a", "1", "b", "2"));

    assertThat(new Metadata(backwards).entries().keySet()).containsExactly("a", "b");
  }

  private static Map<String, String> entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.toMap(name -> name, name -> name));
  }
}
