package kassa.bootstrap.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import kassa.application.port.in.identity.Authenticate;
import kassa.domain.identity.Caller;

/**
 * Credential of the local operator for the temporary server in the process of a command. It is not
 * stored. Its caller is always the local operator: an idempotency key that a killed command used
 * still belongs to the caller of the next command.
 *
 * @param text 256 random bits as 64 hexadecimal digits
 */
public record LocalOperatorToken(String text) {

  private static final int RANDOM_BYTES = 32;

  public static LocalOperatorToken random() {
    byte[] secret = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(secret);
    return new LocalOperatorToken(HexFormat.of().formatHex(secret));
  }

  /** Authenticates the local operator by this token, and other callers by the fallback. */
  Authenticate withFallback(Authenticate fallback) {
    return presented ->
        matches(presented)
            ? Optional.of(new Caller.LocalOperator())
            : fallback.authenticate(presented);
  }

  private boolean matches(String presented) {
    return MessageDigest.isEqual(
        presented.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "LocalOperatorToken";
  }
}
