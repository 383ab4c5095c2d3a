package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Canonical form of JSON, to compare bodies: without spaces, with sorted member names (by UTF-16
 * code units) and one form of each string, as RFC 8785. Unlike there, numbers stay exact decimals:
 * {@code 1}, {@code 1.0} and {@code 1e0} are the same, and a number never equals a string.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** Returns the canonical form in UTF-8. */
  public static byte[] write(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString().getBytes(UTF_8);
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isObject()) {
      appendObject(node, text);
    } else if (node.isArray()) {
      text.append('[');
      node.values()
          .forEach(element -> {
            append(element, text);
            text.append(',');
          });
      text.append(']');
    } else if (node.isString()) {
      appendString(node.stringValue(), text);
    } else if (node.isNumber()) {
      appendNumber(node.decimalValue(), text);
    } else {
      text.append(node);
    }
  }

  private static void appendObject(JsonNode node, StringBuilder text) {
    List<Map.Entry<String, JsonNode>> members =
        node.properties().stream().sorted(Map.Entry.comparingByKey()).toList();
    text.append('{');
    for (Map.Entry<String, JsonNode> member : members) {
      appendString(member.getKey(), text);
      text.append(':');
      append(member.getValue(), text);
      text.append(',');
    }
    text.append('}');
  }

  /**
   * Scientific notation without trailing zeros, because a plain number could have a million zeros.
   * The exponent of {@link BigDecimal#stripTrailingZeros} could overflow.
   */
  private static void appendNumber(BigDecimal number, StringBuilder text) {
    String digits = number.unscaledValue().toString();
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    long exponent = number.signum() == 0 ? 0 : digits.length() - end - (long) number.scale();
    text.append(digits, 0, end).append('e').append(exponent);
  }

  /** Surrogates are escaped one by one: an unpaired one has no form in UTF-8. */
  private static void appendString(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == '"' || character == '\\') {
        text.append('\\').append(character);
      } else if (Character.isSurrogate(character)) {
        text.append("\\u").append(Integer.toHexString(character));
      } else {
        text.append(character);
      }
    }
    text.append('"');
  }
}
