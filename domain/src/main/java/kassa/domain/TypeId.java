package kassa.domain;

import java.util.Arrays;
import java.util.UUID;
import kassa.domain.InvalidValueException.Reason;

/**
 * Formats and parses typed ids: a prefix with the type, an underscore, and a UUID as 26 digits of
 * Crockford's base 32 in lower case. Source: the TypeID specification, version 0.3. The library
 * {@code de.fxlae:typeid-java} 0.3.1 was looked at: it needs {@code java-uuid-generator}, and the
 * domain uses no libraries.
 */
public final class TypeId {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final byte[] DIGIT_VALUES = new byte[128];

  /** 26 digits of 5 bits are 130 bits, two more than a UUID has. */
  private static final int DIGITS = 26;

  /** The index from the right of the digit with bits of both halves of the UUID. */
  private static final int SHARED_DIGIT = 12;

  static {
    Arrays.fill(DIGIT_VALUES, (byte) -1);
    for (byte value = 0; value < ALPHABET.length; value++) {
      DIGIT_VALUES[ALPHABET[value]] = value;
    }
  }

  private TypeId() {}

  /** Formats an id as {@code prefix_...}. */
  public static String format(String prefix, UUID id) {
    long upper = id.getMostSignificantBits();
    long lower = id.getLeastSignificantBits();
    char[] digits = new char[DIGITS];
    for (int index = 0; index < DIGITS; index++) {
      long bits =
          index < SHARED_DIGIT
              ? lower >>> (5 * index)
              : index == SHARED_DIGIT
                  ? lower >>> 60 | (upper & 1) << 4
                  : upper >>> (5 * (index - SHARED_DIGIT - 1) + 1);
      digits[DIGITS - 1 - index] = ALPHABET[(int) (bits & 31)];
    }
    return prefix + "_" + new String(digits);
  }

  /**
   * Parses an id with this prefix.
   *
   * @throws InvalidValueException if the text has another prefix or is not a TypeID
   */
  public static UUID parse(String prefix, String text) {
    if (text.length() != prefix.length() + 1 + DIGITS || !text.startsWith(prefix + "_")) {
      throw malformed(prefix);
    }
    long upper = 0;
    long lower = 0;
    for (int index = 0; index < DIGITS; index++) {
      char digit = text.charAt(text.length() - 1 - index);
      long bits = digit < DIGIT_VALUES.length ? DIGIT_VALUES[digit] : -1;
      if (bits < 0 || (index == DIGITS - 1 && bits > 7)) {
        throw malformed(prefix);
      }
      if (index < SHARED_DIGIT) {
        lower |= bits << (5 * index);
      } else if (index == SHARED_DIGIT) {
        lower |= bits << 60;
        upper |= bits >>> 4;
      } else {
        upper |= bits << (5 * (index - SHARED_DIGIT - 1) + 1);
      }
    }
    return new UUID(upper, lower);
  }

  private static InvalidValueException malformed(String prefix) {
    return new InvalidValueException(
        Reason.MALFORMED, "id must be " + prefix + "_ followed by 26 base-32 digits in lower case");
  }
}
