package kassa.adapters.secrets;

import java.security.SecureRandom;
import java.time.Duration;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;

/** What keeps secrets: hashes of passwords, and tokens. May be used by any number of threads. */
public final class Secrets {

  /** The most passwords that may be looked at at once; each takes 19 MiB of memory meanwhile. */
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
   * Makes what keeps secrets.
   *
   * @param maxConcurrentHashes how many passwords are looked at at once, 1 to {@value
   *     #MAX_CONCURRENT_HASHES}; sixteen times as many may wait, each for a second
   * @throws IllegalArgumentException if that is out of range
   */
  public static Secrets create(int maxConcurrentHashes) {
    if (maxConcurrentHashes < 1 || maxConcurrentHashes > MAX_CONCURRENT_HASHES) {
      throw new IllegalArgumentException(
          "passwords at once must be from 1 to " + MAX_CONCURRENT_HASHES);
    }
    SecureRandom random = new SecureRandom();
    HashingBulkhead bulkhead =
        new HashingBulkhead(
            maxConcurrentHashes, maxConcurrentHashes * MAX_WAITING_PER_HASH, WAIT_TIMEOUT);
    return new Secrets(
        new Argon2PasswordHasher(Argon2Cost.CURRENT, random, bulkhead),
        new RandomTokenGenerator(random));
  }

  /** Hashes passwords by Argon2id. */
  public PasswordHasher passwords() {
    return passwords;
  }

  /** Makes tokens of 256 random bits. */
  public TokenGenerator tokens() {
    return tokens;
  }
}
