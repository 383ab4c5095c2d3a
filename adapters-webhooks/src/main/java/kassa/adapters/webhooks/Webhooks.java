package kassa.adapters.webhooks;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import kassa.application.port.out.webhook.SecretGenerator;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.domain.webhook.WebhookSecret;

/** Entry point: sends webhooks, and generates their secrets. Thread-safe. */
public final class Webhooks implements AutoCloseable {

  private static final int SECRET_BYTES = 32;

  private final JettyWebhookSender sender;

  private Webhooks(JettyWebhookSender sender) {
    this.sender = sender;
  }

  /**
   * Creates a sender. It loads no library and starts no thread before its first message.
   *
   * @param networks networks that are allowed although they are not public
   */
  public static Webhooks create(WebhookNetworks networks) {
    return new Webhooks(
        new JettyWebhookSender(new AddressGuard(networks, InetAddress::getAllByName)));
  }

  /** The sender. */
  public WebhookSender sender() {
    return sender;
  }

  /** The generator of secrets with 256 random bits. */
  public SecretGenerator secrets() {
    SecureRandom random = new SecureRandom();
    return () -> {
      byte[] bytes = new byte[SECRET_BYTES];
      random.nextBytes(bytes);
      return WebhookSecret.PREFIX + Base64.getEncoder().encodeToString(bytes);
    };
  }

  /** Stops the threads of the sender, if there are any. Idempotent. */
  @Override
  public void close() {
    sender.close();
  }
}
