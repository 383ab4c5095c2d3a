package kassa.adapters.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.TokenHash;

/**
 * Generates tokens of 256 random bits in URL-safe Base64: {@code kas_} and 43 characters for a
 * session; {@code kak_}, 43 characters and a checksum of 6 characters for an API key. Only the
 * SHA-256 of a token is stored. A slow hash is not necessary, because 2^256 tokens cannot be
 * enumerated. Thread-safe. See docs/decisions/0111.
 */
final class RandomTokenGenerator implements TokenGenerator {

  private static final String SESSION_PREFIX = "kas_";
  private static final String API_KEY_PREFIX = "kak_";
  private static final int PREFIX_LENGTH = 4;
  private static final int RANDOM_BYTES = 32;
  private static final int RANDOM_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final String BASE_62_DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /** Valid last characters: 256 bits fill only four of the six bits of character 43. */
  private static final String LAST_CHARACTERS = "AEIMQUYcgkosw048";

  private final SecureRandom random;

  RandomTokenGenerator(SecureRandom random) {
    this.random = random;
  }

  @Override
  public NewToken newSessionToken() {
    return token(SESSION_PREFIX + randomText());
  }

  @Override
  public NewToken newApiKey() {
    String text = API_KEY_PREFIX + randomText();
    return token(text + checksum(text));
  }

  @Override
  public Optional<ParsedToken> parse(String text) {
    return switch (text.length()) {
      case PREFIX_LENGTH + RANDOM_LENGTH ->
          text.startsWith(SESSION_PREFIX) && isRandom(text)
              ? Optional.of(new ParsedToken(Kind.SESSION, hash(text)))
              : Optional.empty();
      case PREFIX_LENGTH + RANDOM_LENGTH + CHECKSUM_LENGTH ->
          text.startsWith(API_KEY_PREFIX) && isRandom(text) && hasValidChecksum(text)
              ? Optional.of(new ParsedToken(Kind.API_KEY, hash(text)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private String randomText() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean isRandom(String text) {
    int last = PREFIX_LENGTH + RANDOM_LENGTH - 1;
    for (int i = PREFIX_LENGTH; i < last; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return LAST_CHARACTERS.indexOf(text.charAt(last)) >= 0;
  }

  private static boolean isDigit(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '_';
  }

  private static boolean hasValidChecksum(String text) {
    int end = PREFIX_LENGTH + RANDOM_LENGTH;
    return text.startsWith(checksum(text.substring(0, end)), end);
  }

  /** CRC-32 in base 62; six digits are sufficient for 32 bits. */
  private static String checksum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = BASE_62_DIGITS.charAt((int) (rest % BASE_62_DIGITS.length()));
      rest /= BASE_62_DIGITS.length();
    }
    return new String(digits);
  }

  private static NewToken token(String text) {
    return new NewToken(text, hash(text));
  }

  private static TokenHash hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return new TokenHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
