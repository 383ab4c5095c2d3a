package kassa.domain.testing;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Property-based test runner. Every run generates other cases. A failure reports the seed of its
 * case and the simplest failing case; {@code -Dkassa.seed=} with that seed repeats it first.
 */
public final class PropertyCheck {

  private static final String SEED = "kassa.seed";

  /** Bounds the shrinking of cases. */
  private static final int MAX_SHRINK_STEPS = 10_000;

  private PropertyCheck() {}

  /**
   * Checks a property.
   *
   * @param times the number of cases
   * @param cases generates the cases
   * @param property throws if the property does not hold
   * @throws AssertionError for the first failing case
   */
  public static <T> void forAll(int times, CaseGenerator<T> cases, Consumer<T> property) {
    long seed = Long.getLong(SEED, RandomGenerator.getDefault().nextLong());
    forAll(seed, times, cases, property);
  }

  /** Checks a property on cases of consecutive seeds. */
  static <T> void forAll(long firstSeed, int times, CaseGenerator<T> cases, Consumer<T> property) {
    for (int i = 0; i < times; i++) {
      long seed = firstSeed + i;
      T generated = cases.generator().apply(new SplittableRandom(seed));
      if (failure(property, generated).isPresent()) {
        throw failureReport(seed, shrink(generated, cases, property), property);
      }
    }
  }

  private static <T> T shrink(T failed, CaseGenerator<T> cases, Consumer<T> property) {
    T simplest = failed;
    for (int step = 0; step < MAX_SHRINK_STEPS; step++) {
      Optional<T> simpler =
          cases
              .shrink()
              .apply(simplest)
              .filter(it -> failure(property, it).isPresent())
              .findFirst();
      if (simpler.isEmpty()) {
        return simplest;
      }
      simplest = simpler.get();
    }
    return simplest;
  }

  private static <T> AssertionError failureReport(long seed, T simplest, Consumer<T> property) {
    Throwable failure = failure(property, simplest).orElseThrow();
    return new AssertionError(
        "-D" + SEED + "=" + seed + " fails; simplest case " + simplest + ": " + failure, failure);
  }

  private static <T> Optional<Throwable> failure(Consumer<T> property, T generated) {
    try {
      property.accept(generated);
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }
}
