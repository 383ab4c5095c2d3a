package kassa.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the violations of one input, so that all of them are reported together. Not thread-safe.
 */
public final class Violations {

  /** The maximum number of violations that are reported; further ones are only counted. */
  public static final int MAX_REPORTED = 100;

  private final List<Violation> reported = new ArrayList<>();
  private long count;

  /** Creates a collector without violations. */
  public Violations() {}

  /** Adds a violation: the form at this pointer is wrong. */
  public void addMalformed(String pointer, String code, String detail) {
    add(new Violation(pointer, code, detail, true));
  }

  /** Adds a violation: the form at this pointer is right and the value is invalid. */
  public void addInvalid(String pointer, String code, String detail) {
    add(new Violation(pointer, code, detail, false));
  }

  /** Adds a violation: a factory rejected the value at this pointer. */
  public void addInvalid(String pointer, InvalidValueException rejection) {
    addInvalid(pointer, rejection.reason().code(), String.valueOf(rejection.getMessage()));
  }

  /**
   * Runs a factory.
   *
   * @param pointer the place of the value, for the violation
   * @return the created value; {@code null} if the factory rejects the value, which adds a
   *     violation
   */
  public <T> @Nullable T tryCreate(String pointer, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (InvalidValueException rejection) {
      addInvalid(pointer, rejection);
      return null;
    }
  }

  /** Whether there are no violations. */
  public boolean isEmpty() {
    return reported.isEmpty();
  }

  /** The number of violations, including those above {@link #MAX_REPORTED}. */
  public long count() {
    return count;
  }

  /** The first {@value #MAX_REPORTED} violations in the order in which they were added. */
  public List<Violation> reported() {
    return List.copyOf(reported);
  }

  private void add(Violation violation) {
    count++;
    if (reported.size() < MAX_REPORTED) {
      reported.add(violation);
    }
  }
}
