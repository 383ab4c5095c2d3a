package kassa.adapters.secrets;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import kassa.application.port.out.identity.PasswordHasher;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id. The whole password is hashed in Unicode normalization form C:
 * composed and decomposed characters are the same password. Thread-safe. See docs/decisions/0110.
 */
final class Argon2PasswordHasher implements PasswordHasher {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** A byte that never occurs in UTF-8. */
  private static final byte[] INVALID_UTF_8 = {(byte) 0xFF};

  private final Argon2Cost cost;
  private final SecureRandom random;
  private final HashingBulkhead bulkhead;

  Argon2PasswordHasher(Argon2Cost cost, SecureRandom random, HashingBulkhead bulkhead) {
    this.cost = cost;
    this.random = random;
    this.bulkhead = bulkhead;
  }

  @Override
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] value = bulkhead.execute(() -> compute(password, cost, salt, HASH_BYTES));
    return Argon2Hash.of(cost, salt, value).toString();
  }

  /** {@inheritDoc} No password matches a malformed hash or a hash with a cost out of range. */
  @Override
  public boolean matches(String password, String hash) {
    return Argon2Hash.parse(hash).map(stored -> matches(password, stored)).orElse(false);
  }

  @Override
  public boolean isOutdated(String hash) {
    return Argon2Hash.parse(hash)
        .map(stored ->
            !Argon2Hash.isCanonical(hash)
                || stored.cost().isWeakerThan(cost)
                || stored.saltBytes().length < SALT_BYTES
                || stored.valueBytes().length < HASH_BYTES)
        .orElse(true);
  }

  @Override
  public boolean isCommon(String password) {
    return CommonPasswords.contains(password);
  }

  private boolean matches(String password, Argon2Hash stored) {
    byte[] expected = stored.valueBytes();
    byte[] salt = stored.saltBytes();
    return MessageDigest.isEqual(
        bulkhead.execute(() -> compute(password, stored.cost(), salt, expected.length)), expected);
  }

  private static byte[] compute(String password, Argon2Cost cost, byte[] salt, int resultBytes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kibibytes())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] input = toNormalizedUtf8(password);
    byte[] result = new byte[resultBytes];
    generator.generateBytes(input, result);
    Arrays.fill(input, (byte) 0);
    return result;
  }

  /** Text with unpaired surrogates takes the same time and never matches. */
  private static byte[] toNormalizedUtf8(String password) {
    String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
    return StandardCharsets.UTF_8.newEncoder().canEncode(normal)
        ? normal.getBytes(StandardCharsets.UTF_8)
        : INVALID_UTF_8.clone();
  }
}
