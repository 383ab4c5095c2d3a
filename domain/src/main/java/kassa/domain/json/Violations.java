package kassa.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that all of it can be said at once. One thread only. */
public final class Violations {

  /** The most flaws that are told at once. */
  public static final int MAX_REPORTED = 100;

  private final List<Violation> reported = new ArrayList<>();
  private final long[] count = new long[1];

  /** Nothing is wrong yet. */
  public Violations() {}

  /** The form is wrong at this place. */
  public void addMalformed(String pointer, String code, String detail) {
    add(new Violation(pointer, code, detail, true));
  }

  /** The form is right and the value is not. */
  public void addInvalid(String pointer, String code, String detail) {
    add(new Violation(pointer, code, detail, false));
  }

  /** What the factory makes, or {@code null} and a flaw at this place if it refuses to. */
  public <T> @Nullable T tryCreate(String pointer, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (InvalidValueException refused) {
      String code = refused.reason().name().toLowerCase(Locale.ROOT);
      addInvalid(pointer, code, String.valueOf(refused.getMessage()));
      return null;
    }
  }

  /** Whether nothing was found wrong. */
  public boolean isEmpty() {
    return reported.isEmpty();
  }

  /** How much was found wrong, told or not. */
  public long count() {
    return count[0];
  }

  /** What was found, in the order in which it was, at most {@value #MAX_REPORTED}. */
  public List<Violation> reported() {
    return List.copyOf(reported);
  }

  private void add(Violation flaw) {
    count[0]++;
    if (reported.size() < MAX_REPORTED) {
      reported.add(flaw);
    }
  }
}
