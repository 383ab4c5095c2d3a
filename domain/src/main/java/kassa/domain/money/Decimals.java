package kassa.domain.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/** Parses and formats decimals as scaled integers. */
public final class Decimals {

  /** Digits with an optional minus, no exponent; the length limit bounds the cost of parsing. */
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  /** A number with at most so many digits fits a {@code long}. */
  private static final int MAX_DIGITS_OF_LONG = 18;

  private static final long[] POWERS_OF_TEN = new long[MAX_DIGITS_OF_LONG + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = 10 * POWERS_OF_TEN[i - 1];
    }
  }

  private Decimals() {}

  /** Returns 10 to the power of an exponent from 0 to 18. */
  static long powerOfTen(int exponent) {
    return POWERS_OF_TEN[exponent];
  }

  /**
   * Parses a plain decimal such as {@code 12.50} to an integer in units of 10<sup>-places</sup>.
   *
   * @param min the minimum, in that unit
   * @param max the maximum, in that unit
   * @throws InvalidValueException if the text has another format, is out of range, or has more
   *     decimal places
   */
  static long parseScaled(String name, String text, int places, long min, long max) {
    long scaled = parseShort(text, places);
    if (scaled < 0) {
      return toScaled(name, parse(name, text), places, min, max);
    }
    validate(name, scaled, places, min, max);
    return scaled;
  }

  /**
   * Parses a decimal without sign whose scaled value has at most 18 digits, as nearly all have;
   * returns -1 for any other text.
   */
  private static long parseShort(String text, int places) {
    int point = text.indexOf('.');
    int wholeDigits = point < 0 ? text.length() : point;
    int decimalPlaces = point < 0 ? 0 : text.length() - point - 1;
    if (wholeDigits == 0
        || wholeDigits + places > MAX_DIGITS_OF_LONG
        || decimalPlaces > places
        || point == text.length() - 1) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        value = 10 * value + digit;
      } else if (i != point) {
        return -1;
      }
    }
    return value * powerOfTen(places - decimalPlaces);
  }

  /**
   * Parses a plain decimal such as {@code 12.50}.
   *
   * @throws InvalidValueException if the text has another format
   */
  public static BigDecimal parse(String name, String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new InvalidValueException(
          Reason.MALFORMED, name + " must be a plain decimal such as 12.50");
    }
    return new BigDecimal(text);
  }

  /**
   * Converts a decimal to an integer in units of 10<sup>-places</sup>.
   *
   * @param min the minimum, in that unit
   * @param max the maximum, in that unit
   * @throws InvalidValueException if the value is out of range or has more decimal places
   */
  static long toScaled(String name, BigDecimal value, int places, long min, long max) {
    if (value.scale() == 0 && value.precision() + places <= MAX_DIGITS_OF_LONG) {
      long scaled = value.longValue() * powerOfTen(places);
      validate(name, scaled, places, min, max);
      return scaled;
    }
    if (value.compareTo(BigDecimal.valueOf(min, places)) < 0
        || value.compareTo(BigDecimal.valueOf(max, places)) > 0) {
      throw outOfRange(name, places, min, max);
    }
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > places) {
      throw new InvalidValueException(
          Reason.TOO_PRECISE, name + " must have at most " + places + " decimal places");
    }
    return value.signum() == 0 ? 0 : value.movePointRight(places).longValueExact();
  }

  /**
   * Validates the range of an integer in units of 10<sup>-places</sup>.
   *
   * @throws InvalidValueException if the value is out of range
   */
  static void validate(String name, long unscaled, int places, long min, long max) {
    if (unscaled < min || unscaled > max) {
      throw outOfRange(name, places, min, max);
    }
  }

  private static InvalidValueException outOfRange(String name, int places, long min, long max) {
    return new InvalidValueException(
        Reason.OUT_OF_RANGE,
        name + " must be from " + toPlainString(min, places) + " to " + toPlainString(max, places));
  }

  /** Formats a scaled integer as a plain decimal without trailing zeros. */
  static String toPlainString(long unscaled, int places) {
    return toPlainString(unscaled, places, 0);
  }

  /**
   * Formats a scaled integer as a plain decimal with at least {@code minPlaces} decimal places, and
   * otherwise without trailing zeros.
   */
  static String toPlainString(long unscaled, int places, int minPlaces) {
    long value = unscaled;
    int shown = places;
    while (shown > minPlaces && value % 10 == 0) {
      value /= 10;
      shown--;
    }
    String digits = Long.toString(value);
    if (shown == 0) {
      return digits;
    }
    if (value < 0) {
      return BigDecimal.valueOf(value, shown).toPlainString();
    }
    int point = digits.length() - shown;
    return point > 0
        ? digits.substring(0, point) + "." + digits.substring(point)
        : "0." + "0".repeat(-point) + digits;
  }
}
