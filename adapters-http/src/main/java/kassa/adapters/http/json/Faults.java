package kassa.adapters.http.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import kassa.domain.InvalidValueException;
import kassa.domain.json.Violation;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a body, so that all of it can be said at once. One thread only. */
public final class Faults {

  /** The most faults that are told of one body. */
  public static final int MOST = 100;

  private final List<Fault> found = new ArrayList<>();

  /** The form is wrong at this place. */
  public void malformed(String pointer, String code, String detail) {
    add(new Fault(Fault.Place.BODY, pointer, code, detail, true));
  }

  /** The form is right and the value is not. */
  public void invalid(String pointer, String code, String detail) {
    add(new Fault(Fault.Place.BODY, pointer, code, detail, false));
  }

  /** All of these, at the places that they name. */
  public void addAll(Violations flaws) {
    for (Violation flaw : flaws.reported()) {
      add(
          new Fault(
              Fault.Place.BODY, flaw.pointer(), flaw.code(), flaw.detail(), flaw.isMalformed()));
    }
  }

  /** What the factory makes, or {@code null} and a fault at this place if it refuses to. */
  public <T> @Nullable T check(String pointer, Supplier<T> factory) {
    try {
      return factory.get();
    } catch (InvalidValueException refused) {
      invalid(pointer, refused.reason().name().toLowerCase(Locale.ROOT), detailOf(refused));
      return null;
    }
  }

  /** Whether nothing was found wrong. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in the order in which it was, at most {@value #MOST}. */
  public List<Fault> found() {
    return List.copyOf(found);
  }

  private void add(Fault fault) {
    if (found.size() < MOST) {
      found.add(fault);
    }
  }

  private static String detailOf(InvalidValueException refused) {
    return String.valueOf(refused.getMessage());
  }
}
