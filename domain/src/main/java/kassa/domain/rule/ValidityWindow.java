package kassa.domain.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a rule applies. It may be empty: then the rule never does.
 *
 * @param from its beginning, inclusive; the beginning of time if {@code null}
 * @param to its end, exclusive; the end of time if {@code null}
 */
public record ValidityWindow(@Nullable Instant from, @Nullable Instant to) {

  /** All of time. */
  public static final ValidityWindow ALWAYS = new ValidityWindow(null, null);

  /** Whether it has not begun at that time. */
  public boolean startsAfter(Instant at) {
    return from != null && at.isBefore(from);
  }

  /** Whether it is over at that time. */
  public boolean hasEndedBy(Instant at) {
    return to != null && !at.isBefore(to);
  }

  /** Whether no time is in it. */
  public boolean isEmpty() {
    return from != null && to != null && !from.isBefore(to);
  }

  /** Whether some time is in both. */
  public boolean overlaps(ValidityWindow other) {
    return !isEmpty()
        && !other.isEmpty()
        && (from == null || other.to == null || from.isBefore(other.to))
        && (to == null || other.from == null || other.from.isBefore(to));
  }
}
