package kassa.domain.money;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.stream.Collectors;
import kassa.domain.InvalidValueException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # amount | weights | parts
            100    | 1       | 100
            100    | 1 1     | 50 50
            100    | 1 3     | 25 75
            0      | 1 3     | 0 0
          # The rest goes to the largest remainders: here 0.8, 0.6 and 0.6.
            2      | 4 3 3   | 1 1 0
            2      | 3 3 4   | 1 0 1
          # 0.6, 0.6 and 0.8 again, with another part.
            2      | 3 3 4 0 | 1 0 1 0
            7      | 2 2 2   | 3 2 2
            8      | 2 2 2   | 3 3 2
          # A weight of zero gets nothing, unless all weights are zero.
            5      | 0 1 0   | 0 5 0
            5      | 0 0 0   | 2 2 1
          """)
  void splits_by_largest_remainder_and_a_tie_goes_to_the_earlier_part(
      long amount, String weights, String parts) {
    assertThat(format(Allocation.allocate(amount, longs(weights)))).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Products of 12 x 10^18, which overflows a long, and of 10^36 and more.
            3000000000000000000 | 4 2                                       | 2000000000000000000 1000000000000000000
            1000000000000000000 | 1000000000000000000 3000000000000000000   | 250000000000000000 750000000000000000
            1000000000000000000 | 1000000000000000000 2000000000000000000   | 333333333333333333 666666666666666667
            1000000000000000000 | 1 999999999999999999                      | 1 999999999999999999
          """)
  void splits_large_amounts_exactly(long amount, String weights, String parts) {
    assertThat(format(Allocation.allocate(amount, longs(weights)))).isEqualTo(parts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # amount | weights | max       | parts
            10     | 1 1     | 9 9       | 5 5
            10     | 1 1     | 3 9       | 3 7
            10     | 1 1     | 5 5       | 5 5
            10     | 1 1     | 3 4       | 3 4
          # The excess of the first part is too much for the second; the third gets the rest.
            12     | 2 1 1   | 1 5 9     | 1 5 6
            12     | 2 1 1   | 0 5 0     | 0 5 0
            12     | 0 1 1   | 9 5 9     | 0 5 7
            12     | 0 0     | 9 9       | 0 0
            0      | 1 1     | 9 9       | 0 0
          """)
  void redistributes_the_excess_of_a_capped_part(
      long amount, String weights, String max, String parts) {
    assertThat(format(Allocation.allocateWithin(amount, longs(weights), longs(max))))
        .isEqualTo(parts);
  }

  @Test
  void does_not_modify_weights_or_maxima() {
    long[] weights = {2, 1};
    long[] max = {1, 1};

    Allocation.allocateWithin(9, weights, max);

    assertThat(weights).containsExactly(2, 1);
    assertThat(max).containsExactly(1, 1);
  }

  @Test
  void rejects_negative_amounts_and_empty_weights() {
    assertRejected(Reason.EMPTY, () -> Allocation.allocate(1, new long[0]));
    assertRejected(Reason.OUT_OF_RANGE, () -> Allocation.allocate(-1, new long[] {1}));
    assertRejected(Reason.OUT_OF_RANGE, () -> Allocation.allocate(1, new long[] {2, -1}));
  }

  @Test
  void throws_on_overflow_of_the_sum_of_weights() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Allocation.allocate(1, new long[] {Long.MAX_VALUE, 1}));
  }

  private static long[] longs(String numbers) {
    return Arrays.stream(numbers.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static String format(long[] parts) {
    return Arrays.stream(parts).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }
}
