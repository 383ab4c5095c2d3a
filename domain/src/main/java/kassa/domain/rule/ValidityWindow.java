package kassa.domain.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Validity window of a rule. It may be empty; then the rule never applies.
 *
 * @param from the start, inclusive; {@code null} for no start
 * @param to the end, exclusive; {@code null} for no end
 */
public record ValidityWindow(@Nullable Instant from, @Nullable Instant to) {

  /** The window without start and end. */
  public static final ValidityWindow ALWAYS = new ValidityWindow(null, null);

  /** Returns whether the window starts after a time. */
  public boolean startsAfter(Instant at) {
    return from != null && at.isBefore(from);
  }

  /** Returns whether the window has ended at a time. */
  public boolean hasEndedBy(Instant at) {
    return to != null && !at.isBefore(to);
  }

  /** Returns whether the window contains no time. */
  public boolean isEmpty() {
    return from != null && to != null && !from.isBefore(to);
  }

  /** Returns whether two windows have a time in common. */
  public boolean overlaps(ValidityWindow other) {
    return !isEmpty()
        && !other.isEmpty()
        && (from == null || other.to == null || from.isBefore(other.to))
        && (to == null || other.from == null || other.from.isBefore(to));
  }
}
