package kassa.domain.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Endpoint that events are sent to. Immutable.
 *
 * @param id the id
 * @param content what a caller chose
 * @param secrets the secrets, 1 to {@value #MAX_SECRETS}, oldest first; expired ones included
 * @param pauseReason why nothing is sent; {@code null} if the endpoint is not paused
 * @param version 1 or more, incremented with each change
 * @param createdBy the {@link kassa.domain.identity.Caller#name()} of the caller who created it
 * @param createdAt the time of creation, to the microsecond
 * @param updatedAt the time of the last change, to the microsecond
 */
public record WebhookEndpoint(
    WebhookEndpointId id,
    WebhookContent content,
    List<WebhookSecret> secrets,
    @Nullable PauseReason pauseReason,
    int version,
    String createdBy,
    Instant createdAt,
    Instant updatedAt) {

  /** The maximum number of secrets: an old and a new one during a rotation. */
  public static final int MAX_SECRETS = 2;

  /**
   * Validates the number of secrets.
   *
   * @throws InvalidValueException if there is none, or more than the maximum
   */
  public WebhookEndpoint {
    if (secrets.isEmpty() || secrets.size() > MAX_SECRETS) {
      throw new InvalidValueException(
          Reason.OUT_OF_RANGE, "an endpoint must have one or two secrets");
    }
    secrets = List.copyOf(secrets);
  }

  /**
   * Returns a new endpoint: version 1, not paused.
   *
   * @param secret its secret, which was generated with it
   */
  public static WebhookEndpoint create(
      WebhookEndpointId id, WebhookContent content, WebhookSecret secret, String createdBy) {
    Instant at = secret.createdAt();
    return new WebhookEndpoint(id, content, List.of(secret), null, 1, createdBy, at, at);
  }

  /** Whether nothing is sent. */
  public boolean isPaused() {
    return pauseReason != null;
  }

  /** Returns the secrets that sign at a time; the newest one always signs. */
  public List<WebhookSecret> liveSecrets(Instant time) {
    return secrets.stream()
        .filter(secret -> secret.isLiveAt(time) || secret.equals(secrets.getLast()))
        .toList();
  }

  /** Returns the endpoint with another content, in its next version. */
  public WebhookEndpoint withContent(WebhookContent changed, Instant at) {
    return changed(changed, secrets, pauseReason, at);
  }

  /** Returns the endpoint paused or, with {@code null}, resumed, in its next version. */
  public WebhookEndpoint withPause(@Nullable PauseReason reason, Instant at) {
    return changed(content, secrets, reason, at);
  }

  /**
   * Returns the endpoint with a new secret, in its next version.
   *
   * @param text the new secret
   * @param oldUntil until when the old secret signs; {@code null} if until it is removed
   * @return empty if two secrets are live already
   */
  public Optional<WebhookEndpoint> rotated(String text, @Nullable Instant oldUntil, Instant at) {
    List<WebhookSecret> live = liveSecrets(at);
    if (live.size() == MAX_SECRETS) {
      return Optional.empty();
    }
    WebhookSecret current = secrets.getLast();
    List<WebhookSecret> rotated =
        List.of(
            current.expiringAt(oldUntil), new WebhookSecret(current.number() + 1, text, at, null));
    return Optional.of(changed(content, rotated, pauseReason, at));
  }

  /**
   * Returns the endpoint without a secret, in its next version.
   *
   * @param number the number of the secret
   * @return empty if there is no such secret, or if it is the newest one, which always signs
   */
  public Optional<WebhookEndpoint> withoutSecret(int number, Instant at) {
    List<WebhookSecret> rest = new ArrayList<>(secrets);
    boolean isRemoved =
        number != secrets.getLast().number() && rest.removeIf(one -> one.number() == number);
    return isRemoved ? Optional.of(changed(content, rest, pauseReason, at)) : Optional.empty();
  }

  private WebhookEndpoint changed(
      WebhookContent newContent,
      List<WebhookSecret> newSecrets,
      @Nullable PauseReason newReason,
      Instant at) {
    return new WebhookEndpoint(
        id, newContent, newSecrets, newReason, version + 1, createdBy, createdAt, at);
  }
}
