package kassa.domain.money;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/** Parser of decimals into scaled integers. */
public final class Decimals {

  /** Digits with an optional minus, no exponent; the length limit bounds the cost of parsing. */
  private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

  private Decimals() {}

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
    return unscaled == 0
        ? "0"
        : BigDecimal.valueOf(unscaled, places).stripTrailingZeros().toPlainString();
  }
}
