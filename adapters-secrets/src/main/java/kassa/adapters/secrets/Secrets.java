package kassa.adapters.secrets;

import java.security.SecureRandom;
import java.time.Duration;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.Tokens;

/** What keeps secrets: hashes of passwords, and tokens. May be used by any number of threads. */
public final class Secrets {

  /** The most passwords that may be looked at at once; each takes 19 MiB of memory meanwhile. */
  public static final int MOST_AT_ONCE = 64;

  private static final int WAITING_PER_PLACE = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Passwords passwords;
  private final Tokens tokens;

  private Secrets(Passwords passwords, Tokens tokens) {
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /**
   * Makes what keeps secrets.
   *
   * @param atOnce how many passwords are looked at at once, 1 to {@value #MOST_AT_ONCE}; sixteen
   *     times as many may wait, each for a second
   * @throws IllegalArgumentException if that is out of range
   */
  public static Secrets create(int atOnce) {
    if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
      throw new IllegalArgumentException("passwords at once must be from 1 to " + MOST_AT_ONCE);
    }
    SecureRandom random = new SecureRandom();
    Places places = new Places(atOnce, atOnce * WAITING_PER_PLACE, PATIENCE);
    return new Secrets(
        new Argon2Passwords(Argon2Settings.TODAY, random, places), new RandomTokens(random));
  }

  /** Hashes passwords by Argon2id. */
  public Passwords passwords() {
    return passwords;
  }

  /** Makes tokens of 256 random bits. */
  public Tokens tokens() {
    return tokens;
  }
}
