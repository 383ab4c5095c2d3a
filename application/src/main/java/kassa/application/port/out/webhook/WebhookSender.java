package kassa.application.port.out.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.WebhookSecret;
import kassa.domain.webhook.WebhookUrl;
import org.jspecify.annotations.Nullable;

/**
 * Sends signed messages to receivers, as Standard Webhooks 1.0 describes it. It connects only to
 * addresses that the operator allows: one check serves {@link #check} and {@link #send}, and the
 * address that was checked is the one that is connected to. Thread-safe.
 */
public interface WebhookSender {

  /** Returns whether messages may be sent to an address now. Looks its host up. */
  UrlCheck check(WebhookUrl url);

  /**
   * Sends a message, and waits for the answer, at most about ten seconds. Redirects are not
   * followed. Every failure is a result.
   */
  Result send(Message message);

  /** Whether messages may be sent to an address. */
  enum UrlCheck {
    /** They may. */
    ALLOWED,
    /** The host is unknown. */
    UNKNOWN_HOST,
    /** The host has an address in a network that is not allowed, such as a private one. */
    ADDRESS_NOT_ALLOWED,
    /** Without TLS, only hosts in the networks that the operator lists are allowed. */
    HTTPS_REQUIRED
  }

  /**
   * Message.
   *
   * @param url the address of the receiver
   * @param id the id of the event, the same at each attempt
   * @param occurredAt the time of the event
   * @param at the time of the attempt
   * @param body the body in JSON
   * @param secrets the secrets that sign the message, at least one
   */
  record Message(
      WebhookUrl url,
      String id,
      Instant occurredAt,
      Instant at,
      String body,
      List<WebhookSecret> secrets) {

    /** Copies the secrets. */
    public Message {
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * Result of an attempt.
   *
   * @param attempt the attempt
   * @param retryAfter the wait that the receiver asks for; {@code null} for none
   */
  record Result(DeliveryAttempt attempt, @Nullable Duration retryAfter) {}
}
