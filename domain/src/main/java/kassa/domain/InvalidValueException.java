package kassa.domain;

/**
 * A value was offered that the domain does not have. Thrown by the checking factories and the
 * constructors of this module; the message says what is allowed and never repeats what was offered.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Why a value was refused. */
  public enum Reason {
    /** The text does not have the form that such a value has. */
    MALFORMED,
    /** The value has the right form and is below the least or above the greatest. */
    OUT_OF_RANGE,
    /** The value has more decimal places than are kept. */
    TOO_PRECISE,
    /** The text is longer than is kept. */
    TOO_LONG,
    /** There are more elements than are kept. */
    TOO_MANY,
    /** There is nothing where something must be. */
    EMPTY,
    /** No such currency, or one that is not accepted here. */
    UNKNOWN_CURRENCY
  }

  private final Reason reason;

  /**
   * @param reason why the value was refused
   * @param message what would have been allowed, as a sentence for the one who sent it
   */
  public InvalidValueException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why the value was refused. */
  public Reason reason() {
    return reason;
  }
}
