package kassa.domain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generator of random cases for property checks.
 *
 * @param generator creates a case; the same state of the random generator creates the same case
 * @param shrink returns the next simpler cases of a failing case; shrinking must terminate
 */
public record CaseGenerator<T>(
    Function<RandomGenerator, T> generator, Function<T, Stream<T>> shrink) {

  /** Returns a generator without shrinking. */
  public static <T> CaseGenerator<T> of(Function<RandomGenerator, T> generator) {
    return new CaseGenerator<>(generator, _ -> Stream.empty());
  }

  /** Returns shorter lists: the two halves, then the lists without one of the elements. */
  public static <T> Stream<List<T>> shorterLists(List<T> list) {
    int size = list.size();
    return Stream.concat(
            Stream.of(list.subList(0, size / 2), list.subList(size / 2, size)),
            IntStream.range(0, size).mapToObj(gone -> without(list, gone)))
        .filter(candidate -> candidate.size() < size);
  }

  /** Returns lists in which one element is simpler. */
  public static <T> Stream<List<T>> withOneSimpler(
      List<T> list, Function<T, Stream<T>> simplerElement) {
    return IntStream.range(0, list.size())
        .boxed()
        .flatMap(index ->
            simplerElement.apply(list.get(index)).map(simple -> with(list, index, simple)));
  }

  /** Returns numbers closer to {@code min}: {@code min}, the middle, and the number minus one. */
  public static Stream<Long> closerNumbers(long min, long number) {
    return Stream.of(min, min + (number - min) / 2, number - 1)
        .filter(candidate -> candidate >= min && candidate < number)
        .distinct();
  }

  /** Returns a number from 0 to {@code max}, of any magnitude with equal probability. */
  public static long anyMagnitude(RandomGenerator random, long max) {
    int bits = random.nextInt(1, Long.SIZE);
    long number = random.nextLong() >>> bits;
    return number <= max ? number : max - random.nextLong(Math.min(max, 10) + 1);
  }

  /** Returns a random element. */
  public static <T> T oneOf(RandomGenerator random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Returns the list in random order. */
  public static <T> List<T> shuffled(RandomGenerator random, List<T> list) {
    List<T> rest = new ArrayList<>(list);
    return Stream.generate(() -> rest.remove(random.nextInt(rest.size())))
        .limit(list.size())
        .toList();
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(index);
    return shorter;
  }

  private static <T> List<T> with(List<T> list, int index, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, element);
    return changed;
  }
}
