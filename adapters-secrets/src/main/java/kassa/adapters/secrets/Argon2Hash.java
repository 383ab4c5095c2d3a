package kassa.adapters.secrets;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Argon2id hash with its parameters, in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. Bouncy Castle computes Argon2 but has no such format;
 * the one of Spring Security is not public, and Password4j brings a slower Argon2 of its own.
 *
 * @param cost the cost parameters
 * @param salt 8 to 48 bytes in Base64 without padding
 * @param value 16 to 64 bytes in Base64 without padding
 */
record Argon2Hash(Argon2Cost cost, String salt, String value) {

  private static final Pattern FORMAT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]{0,2}),p=([1-9][0-9]?)"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

  /**
   * Parses a hash; empty if it is malformed or its cost is out of range. Decimal digits of any
   * script are read: earlier builds wrote the cost in the digits of the default locale.
   */
  static Optional<Argon2Hash> parse(String text) {
    Matcher matcher = FORMAT.matcher(withAsciiDigits(text));
    return matcher.matches()
        ? Optional.of(matcher)
            .map(Argon2Hash::of)
            .filter(hash -> hash.cost.isWithinLimits() && hash.isDecodableBase64())
        : Optional.empty();
  }

  static Argon2Hash of(Argon2Cost cost, byte[] salt, byte[] value) {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return new Argon2Hash(cost, encoder.encodeToString(salt), encoder.encodeToString(value));
  }

  /** Returns whether a text is in the form that {@link #toString} writes. */
  static boolean isCanonical(String text) {
    return parse(text).map(Argon2Hash::toString).filter(text::equals).isPresent();
  }

  byte[] saltBytes() {
    return Base64.getDecoder().decode(salt);
  }

  byte[] valueBytes() {
    return Base64.getDecoder().decode(value);
  }

  /** The hash in the PHC string format. */
  @Override
  public String toString() {
    return "$argon2id$v=19$m=%s,t=%s,p=%s$%s$%s"
        .formatted(cost.kibibytes(), cost.passes(), cost.lanes(), salt, value);
  }

  private static Argon2Hash of(Matcher matcher) {
    Argon2Cost cost =
        new Argon2Cost(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    return new Argon2Hash(cost, matcher.group(4), matcher.group(5));
  }

  private static String withAsciiDigits(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .map(digit -> Character.isDigit(digit) ? '0' + Character.digit(digit, 10) : digit)
        .forEach(ascii::appendCodePoint);
    return ascii.toString();
  }

  /** A single trailing Base64 digit has less than eight bits. */
  private boolean isDecodableBase64() {
    return salt.length() % 4 != 1 && value.length() % 4 != 1;
  }
}
