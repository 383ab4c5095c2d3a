package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.memory.MemoryExhaustedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that are checked while a body is parsed. */
class JsonLimitsTest {

  private final JsonCodec codec = new JsonCodec();

  @Test
  void parsing_stops_at_the_maximum_of_members() {
    assertThat(codec.read(object(JsonCodec.MAX_MEMBERS))).hasSize(JsonCodec.MAX_MEMBERS);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> codec.read(object(400_000)))
        .withMessageContaining("more than 1000 members");
  }

  @Test
  void parsing_stops_at_the_maximum_of_elements() {
    assertThat(codec.read(array(JsonCodec.MAX_ELEMENTS))).hasSize(JsonCodec.MAX_ELEMENTS);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> codec.read(array(JsonCodec.MAX_ELEMENTS + 1)))
        .withMessageContaining("more than 10000 elements");
  }

  @Test
  void parsing_stops_at_the_maximum_length_of_a_string() {
    String longest = "x".repeat(JsonCodec.MAX_STRING_LENGTH);

    assertThat(codec.read(("[\"" + longest + "\"]").getBytes(UTF_8))).hasSize(1);
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> codec.read(("[\"x" + longest + "\"]").getBytes(UTF_8)))
        .withMessageContaining("a string with more than 65536 characters");
  }

  @Test
  void members_are_counted_per_object() {
    String part = new String(object(900), UTF_8);
    String body = "[" + String.join(",", part, part, part) + "]";

    assertThat(codec.read(body.getBytes(UTF_8))).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {" 1", " {}", "]"})
  void rejects_anything_after_a_long_value(String rest) {
    byte[] body = (new String(array(5_000), UTF_8) + rest).getBytes(UTF_8);

    assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> codec.read(body));
  }

  @Test
  void tree_of_a_long_body_is_part_of_the_memory_budget() {
    String part = new String(array(9_000), UTF_8);
    byte[] body = ("[" + part + "," + part + "]").getBytes(UTF_8);

    assertThatExceptionOfType(MemoryExhaustedException.class)
        .isThrownBy(() -> new MemoryBudget(1_000_000).run(() -> codec.read(body)));
  }

  private static byte[] object(int members) {
    return IntStream.range(0, members)
        .mapToObj(i -> "\"k" + i + "\":\"v\"")
        .collect(Collectors.joining(",", "{", "}"))
        .getBytes(UTF_8);
  }

  private static byte[] array(int elements) {
    return IntStream.range(0, elements)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(UTF_8);
  }
}
