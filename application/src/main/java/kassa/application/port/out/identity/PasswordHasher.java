package kassa.application.port.out.identity;

/**
 * Hashes passwords slowly. May be called by any number of threads: few passwords are looked at at a
 * time, and who would have to wait for too long is refused.
 */
public interface PasswordHasher {

  /**
   * The hash of a password, with all that is needed to check it.
   *
   * @throws HashingOverloadedException if too many are being looked at
   */
  String hash(String password);

  /**
   * Whether this is the password that was hashed.
   *
   * @throws HashingOverloadedException if too many are being looked at
   */
  boolean matches(String password, String hash);

  /** Whether a hash was made with weaker settings than those of today. */
  boolean isOutdated(String hash);

  /** Whether a password is one of the commonest, whatever the case of its letters. */
  boolean isCommon(String password);
}
