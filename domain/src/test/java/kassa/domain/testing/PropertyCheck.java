package kassa.domain.testing;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tries laws on generated cases, other ones in every run. A failure tells the seed of its case and
 * the simplest case found that fails too; {@code -Dkassa.seed=} with that seed tries it first.
 */
public final class PropertyCheck {

  private static final String SEED = "kassa.seed";

  /** So that even a careless choice of simpler cases comes to an end. */
  private static final int MAX_SHRINK_STEPS = 10_000;

  private PropertyCheck() {}

  /**
   * Tries a law.
   *
   * @param property throws where the law does not hold
   * @throws AssertionError for the first case that breaks it
   */
  public static <T> void forAll(int times, CaseGenerator<T> cases, Consumer<T> property) {
    long seed = Long.getLong(SEED, RandomGenerator.getDefault().nextLong());
    forAll(seed, times, cases, property);
  }

  /** Tries a law on cases of consecutive seeds. */
  static <T> void forAll(long firstSeed, int times, CaseGenerator<T> cases, Consumer<T> property) {
    for (int i = 0; i < times; i++) {
      long seed = firstSeed + i;
      T generated = cases.generator().apply(new SplittableRandom(seed));
      if (failure(property, generated).isPresent()) {
        throw failureReport(seed, shrink(generated, cases, property), property);
      }
    }
  }

  private static <T> T shrink(T broken, CaseGenerator<T> cases, Consumer<T> law) {
    T simplest = broken;
    for (int step = 0; step < MAX_SHRINK_STEPS; step++) {
      Optional<T> simpler =
          cases.shrink().apply(simplest).filter(it -> failure(law, it).isPresent()).findFirst();
      if (simpler.isEmpty()) {
        return simplest;
      }
      simplest = simpler.get();
    }
    return simplest;
  }

  private static <T> AssertionError failureReport(long seed, T simplest, Consumer<T> law) {
    Throwable failure = failure(law, simplest).orElseThrow();
    return new AssertionError(
        "-D" + SEED + "=" + seed + " breaks the law; simplest case " + simplest + ": " + failure,
        failure);
  }

  private static <T> Optional<Throwable> failure(Consumer<T> law, T generated) {
    try {
      law.accept(generated);
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of(failure);
    }
  }
}
