package kassa.domain;

import java.util.Locale;

/**
 * Thrown if a value is not valid in the domain. The factories and constructors of this module throw
 * it. The message describes the valid values and never contains the rejected value, so it may be
 * shown to a client.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** The reason for rejecting a value. */
  public enum Reason {
    /** The text does not have the required format. */
    MALFORMED,
    /** The value has the right format and is below the minimum or above the maximum. */
    OUT_OF_RANGE,
    /** The value has more decimal places than are stored. */
    TOO_PRECISE,
    /** The text is longer than the maximum. */
    TOO_LONG,
    /** There are more elements than the maximum. */
    TOO_MANY,
    /** A required text or collection is empty. */
    EMPTY,
    /** The currency does not exist or is not accepted. */
    UNKNOWN_CURRENCY;

    /** Returns the reason as a code for programs: its name in lower case. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;

  /**
   * Creates an exception.
   *
   * @param reason the reason for the rejection
   * @param message the valid values, as a sentence for the client
   */
  public InvalidValueException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the reason for the rejection. */
  public Reason reason() {
    return reason;
  }
}
