package kassa.domain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The cases that a law is tried on.
 *
 * @param generator makes a case; the same generator state makes the same case
 * @param shrink cases a step simpler than one that broke the law; it must come to an end
 */
public record CaseGenerator<T>(
    Function<RandomGenerator, T> generator, Function<T, Stream<T>> shrink) {

  /** Cases of which none is simpler than another. */
  public static <T> CaseGenerator<T> of(Function<RandomGenerator, T> generator) {
    return new CaseGenerator<>(generator, _ -> Stream.empty());
  }

  /** Lists that are like this one but shorter: its halves, then all but one of its elements. */
  public static <T> Stream<List<T>> shorterLists(List<T> list) {
    int size = list.size();
    return Stream.concat(
            Stream.of(list.subList(0, size / 2), list.subList(size / 2, size)),
            IntStream.range(0, size).mapToObj(gone -> without(list, gone)))
        .filter(candidate -> candidate.size() < size);
  }

  /** Lists in which one element is a step simpler. */
  public static <T> Stream<List<T>> withOneSimpler(
      List<T> list, Function<T, Stream<T>> simplerElement) {
    return IntStream.range(0, list.size())
        .boxed()
        .flatMap(place ->
            simplerElement.apply(list.get(place)).map(simple -> with(list, place, simple)));
  }

  /** Numbers nearer to {@code least}: it, half the way to it, and one less. */
  public static Stream<Long> closerNumbers(long min, long number) {
    return Stream.of(min, min + (number - min) / 2, number - 1)
        .filter(candidate -> candidate >= min && candidate < number)
        .distinct();
  }

  /** A number from 0 up to {@code greatest}, of any magnitude with equal likelihood. */
  public static long anyMagnitude(RandomGenerator random, long max) {
    int bits = random.nextInt(1, Long.SIZE);
    long number = random.nextLong() >>> bits;
    return number <= max ? number : max - random.nextLong(Math.min(max, 10) + 1);
  }

  /** One of these. */
  public static <T> T oneOf(RandomGenerator random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The list in another order, or by chance in the same. */
  public static <T> List<T> shuffled(RandomGenerator random, List<T> list) {
    List<T> rest = new ArrayList<>(list);
    return Stream.generate(() -> rest.remove(random.nextInt(rest.size())))
        .limit(list.size())
        .toList();
  }

  private static <T> List<T> without(List<T> list, int place) {
    List<T> shorter = new ArrayList<>(list);
    shorter.remove(place);
    return shorter;
  }

  private static <T> List<T> with(List<T> list, int place, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(place, element);
    return changed;
  }
}
