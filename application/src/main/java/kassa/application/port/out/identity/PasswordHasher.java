package kassa.application.port.out.identity;

/**
 * Password hasher with a slow hash function. Thread-safe. Bounded concurrency: only few passwords
 * are hashed at the same time, and a call that would wait too long is rejected.
 */
public interface PasswordHasher {

  /**
   * Hashes a password. The result contains all parameters that are needed to verify it.
   *
   * @throws HashingOverloadedException if too many passwords are being hashed
   */
  String hash(String password);

  /**
   * Verifies a password against a hash.
   *
   * @throws HashingOverloadedException if too many passwords are being hashed
   */
  boolean matches(String password, String hash);

  /** Returns whether a hash was created with weaker parameters than the current ones. */
  boolean isOutdated(String hash);

  /** Returns whether a password is in the list of common passwords, ignoring case. */
  boolean isCommon(String password);
}
