package kassa.adapters.http.json;

import java.math.BigDecimal;
import kassa.domain.InvalidValueException;
import kassa.domain.Timestamps;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a response that a client may send back unchanged: a client reads an object, changes a
 * field and sends all of it.
 */
public final class ReadOnlyFields {

  private ReadOnlyFields() {}

  /**
   * Reads a field, which may be omitted.
   *
   * @param current the current text; {@code null} if there is none
   */
  public static void requireCurrent(
      JsonObjectReader fields, String name, @Nullable String current) {
    requireCurrent(fields, name, current == null ? null : new JsonValue.JsonString(current));
  }

  /**
   * Reads a field, which may be omitted.
   *
   * @param current the current value; {@code null} if there is none
   */
  public static void requireCurrent(
      JsonObjectReader fields, String name, @Nullable JsonValue current) {
    JsonInput sent = fields.value(name);
    if (sent != null && (current == null || !isSame(sent, current))) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo(name),
              "read_only",
              name + " is read-only; send its current value or omit it");
    }
  }

  private static boolean isSame(JsonInput sent, JsonValue current) {
    BigDecimal number = sent.number();
    BigDecimal currentNumber = current.number();
    if (number != null && currentNumber != null) {
      return number.compareTo(currentNumber) == 0;
    }
    String text = sent.string();
    String currentText = current.string();
    return JsonValue.copyOf(sent).equals(current)
        || (text != null && currentText != null && isSameTime(text, currentText));
  }

  /** Returns whether both are times and equal; a client may write another number of digits. */
  private static boolean isSameTime(String text, String current) {
    try {
      return Timestamps.parse("", text).equals(Timestamps.parse("", current));
    } catch (InvalidValueException noTime) {
      return false;
    }
  }
}
