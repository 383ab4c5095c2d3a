package kassa.adapters.webhooks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kassa.domain.webhook.WebhookSecret;

/**
 * Signature of a message: HMAC-SHA-256 over its id, its time and its body. Source: Standard
 * Webhooks 1.0.
 */
final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /**
   * Returns the value of the header {@code webhook-signature}: one signature for each secret.
   *
   * @param seconds the time of the attempt, in seconds since 1970
   */
  static String of(String id, long seconds, byte[] body, List<WebhookSecret> secrets) {
    byte[] head = (id + "." + seconds + ".").getBytes(UTF_8);
    return secrets.stream()
        .map(secret -> "v1," + sign(secret, head, body))
        .collect(Collectors.joining(" "));
  }

  private static String sign(WebhookSecret secret, byte[] head, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret), ALGORITHM));
      mac.update(head);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + " is not available", missing);
    }
  }

  private static byte[] key(WebhookSecret secret) {
    return Base64.getDecoder()
        .decode(secret.text().substring(WebhookSecret.PREFIX.length()).getBytes(US_ASCII));
  }
}
