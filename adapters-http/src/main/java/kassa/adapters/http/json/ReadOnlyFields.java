package kassa.adapters.http.json;

import java.math.BigDecimal;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
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
   * @param current the current value: a text, or the text of a number; {@code null} if there is
   *     none
   */
  public static void requireCurrent(
      JsonObjectReader fields, String name, @Nullable String current) {
    JsonInput sent = fields.value(name);
    if (sent == null) {
      return;
    }
    BigDecimal number = sent.number();
    String text = number == null ? sent.string() : number.toPlainString();
    if (text == null || !text.equals(current)) {
      fields
          .violations()
          .addInvalid(
              fields.pointerTo(name),
              "read_only",
              name + " is read-only; send its current value or omit it");
    }
  }
}
