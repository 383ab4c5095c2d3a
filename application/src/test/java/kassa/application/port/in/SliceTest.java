package kassa.application.port.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # elements, limit, elements of the slice, has next
                   0,     1,                     0,    false
                   0,   200,                     0,    false
                   1,     1,                     1,    false
                   2,     1,                     1,     true
                  49,    50,                    49,    false
                  50,    50,                    50,    false
                  51,    50,                    50,     true
                 200,   200,                   200,    false
                 999,   200,                   200,     true
          """)
  void reads_one_element_more_to_detect_the_next_slice(
      int elements, int limit, int size, boolean hasNext) {
    List<Integer> list = IntStream.range(0, elements).boxed().toList();

    Slice<Integer> slice =
        Slice.read(limit, count -> list.subList(0, Math.min(count, list.size())));

    assertThat(slice).isEqualTo(new Slice<>(list.subList(0, size), hasNext));
  }

  @Test
  void next_slice_starts_after_the_last_element() {
    assertThat(new Slice<>(List.of("a", "bc"), true).next(String::length)).isEqualTo(2);
    assertThat(new Slice<>(List.of("a", "bc"), false).next(String::length)).isNull();
    assertThat(new Slice<>(List.<String>of(), false).next(String::length)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void rejects_limits_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> Slice.read(limit, _ -> List.of()));
  }

  @Test
  void rejects_an_empty_slice_with_a_next_one() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Slice<>(List.of(), true));
  }

  @Test
  void slice_copies_its_list() {
    List<String> items = new ArrayList<>(List.of("a"));
    Slice<String> slice = new Slice<>(items, false);

    items.clear();

    assertThat(slice.items()).containsExactly("a");
  }
}
