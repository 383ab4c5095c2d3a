package kassa.adapters.persistence.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields in a text, separated by tabs. {@code \N} is null; a backslash, tab or line feed in a field
 * is {@code \\}, {@code \t} or {@code \n}.
 */
public final class TabFields {

  private static final String NULL = "\\N";

  private TabFields() {}

  /** Formats fields by their {@code toString()}. */
  public static String format(@Nullable Object... fields) {
    StringBuilder text = new StringBuilder();
    for (Object field : fields) {
      if (!text.isEmpty()) {
        text.append('\t');
      }
      append(text, field == null ? null : field.toString());
    }
    return text.toString();
  }

  /** Appends a field without a tab. */
  public static void append(StringBuilder text, @Nullable String field) {
    if (field == null) {
      text.append(NULL);
      return;
    }
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        default -> text.append(c);
      }
    }
  }

  /**
   * Parses the result of {@link #format}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static List<@Nullable String> parse(String text) {
    List<@Nullable String> fields = new ArrayList<>();
    for (String field : text.split("\t", -1)) {
      fields.add(unescape(field));
    }
    return fields;
  }

  /**
   * Returns the value of a field.
   *
   * @throws IllegalArgumentException if it has an unknown escape
   */
  public static @Nullable String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    if (field.equals(NULL)) {
      return null;
    }
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      text.append(c == '\\' ? unescape(field, ++i) : c);
    }
    return text.toString();
  }

  private static char unescape(String field, int index) {
    char escaped = index < field.length() ? field.charAt(index) : '\0';
    return switch (escaped) {
      case '\\' -> '\\';
      case 't' -> '\t';
      case 'n' -> '\n';
      default -> throw new IllegalArgumentException("unknown escape \\" + escaped);
    };
  }
}
