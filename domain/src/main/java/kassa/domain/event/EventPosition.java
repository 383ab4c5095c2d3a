package kassa.domain.event;

import java.util.Comparator;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Position of an event in the order in which events are read. Everything before a position that was
 * read is complete: no event appears there later.
 *
 * @param transaction the number of the transaction that wrote the event; zero on H2, where {@code
 *     number} alone is the order
 * @param number the number of the event, 1 or more; zero before all events
 * @param check the lower half of the id of the event, by which the position of an event that no
 *     longer exists is recognized, for example after a backup was restored
 */
public record EventPosition(long transaction, long number, long check)
    implements Comparable<EventPosition> {

  /** Before all events. */
  public static final EventPosition START = new EventPosition(0, 0, 0);

  private static final Comparator<EventPosition> ORDER =
      Comparator.comparingLong(EventPosition::transaction).thenComparingLong(EventPosition::number);

  /**
   * Parses the result of {@link #toString()}.
   *
   * @throws InvalidValueException if the text has another form
   */
  public static EventPosition parse(String text) {
    String[] parts = text.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new EventPosition(
            Long.parseLong(parts[0]),
            Long.parseLong(parts[1]),
            Long.parseUnsignedLong(parts[2], 16));
      }
    } catch (NumberFormatException malformed) {
      // Reported below.
    }
    throw new InvalidValueException(Reason.MALFORMED, "position must have three numbers");
  }

  /** Returns the position as a text without blanks, for storage. */
  @Override
  public String toString() {
    return transaction + "." + number + "." + Long.toHexString(check);
  }

  /** Compares the order; two positions in the same place are equal in it. */
  @Override
  public int compareTo(EventPosition other) {
    return ORDER.compare(this, other);
  }
}
