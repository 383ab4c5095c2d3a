package kassa.domain.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong, so that all of it can be said at once. One thread only. */
public final class Flaws {

  /** The most flaws that are told at once. */
  public static final int MOST = 100;

  private final List<Flaw> found = new ArrayList<>();
  private final long[] count = new long[1];

  /** Nothing is wrong yet. */
  public Flaws() {}

  /** The form is wrong at this place. */
  public void malformed(String pointer, String code, String detail) {
    add(new Flaw(pointer, code, detail, true));
  }

  /** The form is right and the value is not. */
  public void invalid(String pointer, String code, String detail) {
    add(new Flaw(pointer, code, detail, false));
  }

  /** What the factory makes, or {@code null} and a flaw at this place if it refuses to. */
  public <T> @Nullable T check(String pointer, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (InvalidValueException refused) {
      String code = refused.reason().name().toLowerCase(Locale.ROOT);
      invalid(pointer, code, String.valueOf(refused.getMessage()));
      return null;
    }
  }

  /** Whether nothing was found wrong. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** How much was found wrong, told or not. */
  public long count() {
    return count[0];
  }

  /** What was found, in the order in which it was, at most {@value #MOST}. */
  public List<Flaw> found() {
    return List.copyOf(found);
  }

  private void add(Flaw flaw) {
    count[0]++;
    if (found.size() < MOST) {
      found.add(flaw);
    }
  }
}
