package kassa.domain.webhook;

import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/**
 * Selects events by their type: an exact type such as {@code order.paid}, all types of a subject
 * such as {@code order.*}, or all, {@code *}.
 *
 * @param value the pattern
 */
public record EventTypePattern(String value) {

  private static final Pattern FORM = Pattern.compile("\\*|[a-z_]{1,30}\\.(?:\\*|[a-z_]{1,30})");

  /**
   * Validates the form.
   *
   * @throws InvalidValueException if the text is not a pattern
   */
  public EventTypePattern {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, "an event type must be such as order.paid, order.* or *");
    }
  }

  /** Returns whether the pattern selects this type. */
  public boolean matches(String type) {
    return value.endsWith("*")
        ? type.startsWith(value.substring(0, value.length() - 1))
        : type.equals(value);
  }
}
