package kassa.bootstrap.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;

/**
 * What a command of the owner shows a server in its own process. It is kept nowhere, so that
 * nothing is left of it, and whoever shows it is the same caller each time: what was sent with a
 * key by a command that was killed is known again by the next one.
 *
 * @param text 64 hexadecimal digits that nobody can guess
 */
public record LocalOperatorToken(String text) {

  private static final int RANDOM_BYTES = 32;

  public static LocalOperatorToken random() {
    byte[] secret = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(secret);
    return new LocalOperatorToken(HexFormat.of().formatHex(secret));
  }

  /** Lets the owner in as well. */
  Authenticate withFallback(Authenticate others) {
    return presented ->
        matches(presented)
            ? Optional.of(new Caller.LocalOperator())
            : others.authenticate(presented);
  }

  private boolean matches(String presented) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "OwnersToken";
  }
}
