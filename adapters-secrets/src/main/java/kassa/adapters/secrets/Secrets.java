package kassa.adapters.secrets;

import java.security.SecureRandom;
import java.time.Duration;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;

/** Entry point: password hashing and tokens. Thread-safe. */
public final class Secrets {

  /** Maximum of concurrent password hashes; each needs 19 MiB of memory. */
  public static final int MAX_CONCURRENT_HASHES = 64;

  private static final int MAX_WAITING_PER_HASH = 16;
  private static final Duration WAIT_TIMEOUT = Duration.ofSeconds(1);

  private final PasswordHasher passwords;
  private final TokenGenerator tokens;

  private Secrets(PasswordHasher passwords, TokenGenerator tokens) {
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /**
   * Creates the password hasher and the token generator.
   *
   * @param maxConcurrentHashes maximum number of concurrent password hashes, 1 to {@value
   *     #MAX_CONCURRENT_HASHES}; sixteen times as many may wait, each up to a second
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Secrets create(int maxConcurrentHashes) {
    if (maxConcurrentHashes < 1 || maxConcurrentHashes > MAX_CONCURRENT_HASHES) {
      throw new IllegalArgumentException(
          "maxConcurrentHashes must be from 1 to " + MAX_CONCURRENT_HASHES);
    }
    SecureRandom random = new SecureRandom();
    HashingBulkhead bulkhead =
        new HashingBulkhead(
            maxConcurrentHashes, maxConcurrentHashes * MAX_WAITING_PER_HASH, WAIT_TIMEOUT);
    return new Secrets(
        new Argon2PasswordHasher(Argon2Cost.CURRENT, random, bulkhead),
        new RandomTokenGenerator(random));
  }

  /** Password hasher with Argon2id. */
  public PasswordHasher passwords() {
    return passwords;
  }

  /** Generator of tokens with 256 random bits. */
  public TokenGenerator tokens() {
    return tokens;
  }
}
