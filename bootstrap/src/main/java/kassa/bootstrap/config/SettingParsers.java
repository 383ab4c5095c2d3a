package kassa.bootstrap.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parsers of values that several settings have. They reject with an error for the user. */
final class SettingParsers {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  private SettingParsers() {}

  /**
   * Parses a whole number.
   *
   * @throws IllegalArgumentException if it is malformed or out of range
   */
  static int parseInt(String text, int min, int max) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
    }
    return number;
  }

  /**
   * Parses a truth value.
   *
   * @throws IllegalArgumentException if it is neither true nor false
   */
  static boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /**
   * Parses a timeout of up to an hour.
   *
   * @throws IllegalArgumentException if it is malformed or out of range
   */
  static Duration parseTimeout(String text) {
    return parseDuration(
        text, MIN_TIMEOUT, MAX_TIMEOUT, "must be a time such as 500ms, 30s or 2m, up to 1h");
  }

  /**
   * Parses a duration in ms, s, m or h.
   *
   * @param error the message if it is malformed or out of range
   * @throws IllegalArgumentException if it is malformed or out of range
   */
  static Duration parseDuration(String text, Duration min, Duration max, String error) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      Duration duration = toDuration(matcher);
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException(error);
  }

  /** Splits a list at its commas; an empty text is an empty list. */
  static List<String> parseList(String text) {
    return text.isEmpty() ? List.of() : splitAtCommas(text);
  }

  /** Splits a text at its commas; an empty text is one empty element. */
  static List<String> splitAtCommas(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private static Duration toDuration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
