package kassa.adapters.webhooks;

import kassa.application.port.out.webhook.WebhookSender;
import kassa.domain.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * Sends with the HTTP client of Jetty, which is started by the first message. Messages with and
 * without TLS have clients of their own, because the allowed addresses differ. Thread-safe.
 */
final class JettyWebhookSender implements WebhookSender, AutoCloseable {

  private final AddressGuard guard;
  private @Nullable ReceiverClient secure;
  private @Nullable ReceiverClient plain;
  private boolean isClosed;

  JettyWebhookSender(AddressGuard guard) {
    this.guard = guard;
  }

  @Override
  public UrlCheck check(WebhookUrl url) {
    try {
      var _ = guard.resolve(url.host(), url.isSecure());
      return UrlCheck.ALLOWED;
    } catch (AddressGuard.RefusedHostException refused) {
      return refused.reason();
    }
  }

  @Override
  public Result send(Message message) {
    return client(message.url().isSecure()).send(message);
  }

  private synchronized ReceiverClient client(boolean isSecure) {
    if (isClosed) {
      throw new IllegalStateException("the sender is closed");
    }
    ReceiverClient client = isSecure ? secure : plain;
    if (client == null) {
      client = ReceiverClient.start(guard, isSecure);
      if (isSecure) {
        secure = client;
      } else {
        plain = client;
      }
    }
    return client;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    for (ReceiverClient client : new @Nullable ReceiverClient[] {secure, plain}) {
      if (client != null) {
        client.close();
      }
    }
  }
}
