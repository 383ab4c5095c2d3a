package kassa.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LawTest {

  private static final Cases<Long> NUMBERS =
      new Cases<>(random -> random.nextLong(1_000_000), number -> Cases.nearer(0, number));

  private static final Cases<List<Long>> LISTS =
      new Cases<>(
          random -> random.longs(20, 0, 3_000).boxed().toList(),
          list ->
              Stream.concat(
                  Cases.shorter(list),
                  Cases.withOneSimpler(list, number -> Cases.nearer(0, number))));

  @Test
  void tries_as_many_cases_as_it_is_told() {
    List<Long> tried = new ArrayList<>();

    Law.holds(100, NUMBERS, tried::add);

    assertThat(tried).hasSize(100);
    assertThat(tried.stream().distinct().count()).isGreaterThan(90);
  }

  @Test
  void tells_the_simplest_case_that_breaks_the_law() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Law.holds(1, 100, NUMBERS, LawTest::isBelowThousand))
        .withMessageContaining("simplest case 1000: ");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Law.holds(1, 100, LISTS, list -> list.forEach(LawTest::isBelowThousand)))
        .withMessageContaining("simplest case [1000]: ");
  }

  @Test
  void tells_the_seed_that_makes_the_broken_case_the_first() {
    List<Long> tried = new ArrayList<>();
    Consumer<Long> breaksAtTheSeventh =
        number -> {
          tried.add(number);
          assertThat(tried).hasSizeLessThan(7);
        };

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Law.holds(40, 100, Cases.of(NUMBERS.generator()), breaksAtTheSeventh))
        .withMessageStartingWith("-Dkassa.seed=46 ");

    List<Long> again = new ArrayList<>();
    Law.holds(46, 1, NUMBERS, again::add);
    assertThat(again).containsExactly(tried.get(6));
  }

  @Test
  void an_exception_breaks_a_law_as_a_failed_assertion_does() {
    IllegalStateException cause = new IllegalStateException("broken");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            Law.holds(
                1,
                NUMBERS,
                _ -> {
                  throw cause;
                }))
        .withCause(cause);
  }

  @Test
  void numbers_of_any_magnitude_stay_in_their_range_and_reach_both_of_its_ends() {
    List<Long> tried = new ArrayList<>();

    Law.holds(2_000, Cases.of(random -> Cases.ofAnyMagnitude(random, 1_000)), tried::add);

    assertThat(tried).allMatch(number -> number >= 0 && number <= 1_000).contains(0L, 1_000L);
  }

  @Test
  void shuffling_keeps_every_element() {
    List<Integer> sorted = IntStream.range(0, 100).boxed().toList();

    Law.holds(
        50,
        Cases.of(random -> Cases.shuffled(random, sorted)),
        shuffled -> assertThat(shuffled).isNotEqualTo(sorted).hasSameElementsAs(sorted));
  }

  private static void isBelowThousand(long number) {
    assertThat(number).isLessThan(1_000);
  }
}
