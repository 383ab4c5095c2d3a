package kassa.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PropertyCheckTest {

  private static final CaseGenerator<Long> NUMBERS =
      new CaseGenerator<>(
          random -> random.nextLong(1_000_000), number -> CaseGenerator.closerNumbers(0, number));

  private static final CaseGenerator<List<Long>> LISTS =
      new CaseGenerator<>(
          random -> random.longs(20, 0, 3_000).boxed().toList(),
          list ->
              Stream.concat(
                  CaseGenerator.shorterLists(list),
                  CaseGenerator.withOneSimpler(
                      list, number -> CaseGenerator.closerNumbers(0, number))));

  @Test
  void tries_the_given_number_of_cases() {
    List<Long> tried = new ArrayList<>();

    PropertyCheck.forAll(100, NUMBERS, tried::add);

    assertThat(tried).hasSize(100);
    assertThat(tried.stream().distinct().count()).isGreaterThan(90);
  }

  @Test
  void reports_the_shrunk_counterexample() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> PropertyCheck.forAll(1, 100, NUMBERS, PropertyCheckTest::isBelowThousand))
        .withMessageContaining("simplest case 1000: ");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            PropertyCheck.forAll(
                1, 100, LISTS, list -> list.forEach(PropertyCheckTest::isBelowThousand)))
        .withMessageContaining("simplest case [1000]: ");
  }

  @Test
  void reports_a_seed_that_reproduces_the_failure() {
    List<Long> tried = new ArrayList<>();
    Consumer<Long> failsAtTheSeventh =
        number -> {
          tried.add(number);
          assertThat(tried).hasSizeLessThan(7);
        };

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            PropertyCheck.forAll(40, 100, CaseGenerator.of(NUMBERS.generator()), failsAtTheSeventh))
        .withMessageStartingWith("-Dkassa.seed=46 ");

    List<Long> again = new ArrayList<>();
    PropertyCheck.forAll(46, 1, NUMBERS, again::add);
    assertThat(again).containsExactly(tried.get(6));
  }

  @Test
  void an_exception_fails_a_property_like_an_assertion() {
    IllegalStateException cause = new IllegalStateException("broken");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() ->
            PropertyCheck.forAll(
                1,
                NUMBERS,
                _ -> {
                  throw cause;
                }))
        .withCause(cause);
  }

  @Test
  void any_magnitude_covers_the_whole_range() {
    List<Long> tried = new ArrayList<>();

    PropertyCheck.forAll(
        2_000, CaseGenerator.of(random -> CaseGenerator.anyMagnitude(random, 1_000)), tried::add);

    assertThat(tried).allMatch(number -> number >= 0 && number <= 1_000).contains(0L, 1_000L);
  }

  @Test
  void shuffling_keeps_every_element() {
    List<Integer> sorted = IntStream.range(0, 100).boxed().toList();

    PropertyCheck.forAll(
        50,
        CaseGenerator.of(random -> CaseGenerator.shuffled(random, sorted)),
        shuffled -> assertThat(shuffled).isNotEqualTo(sorted).hasSameElementsAs(sorted));
  }

  private static void isBelowThousand(long number) {
    assertThat(number).isLessThan(1_000);
  }
}
