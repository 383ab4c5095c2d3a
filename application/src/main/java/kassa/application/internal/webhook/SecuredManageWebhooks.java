package kassa.application.internal.webhook;

import java.time.Duration;
import java.util.Optional;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.domain.event.EventPosition;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Permission;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/** Permission decorator of webhooks for callers who may read, but not write them. */
public final class SecuredManageWebhooks implements ManageWebhooks {

  private final ManageWebhooks delegate;
  private final Authorization authorization;
  private final Caller caller;

  private SecuredManageWebhooks(
      ManageWebhooks delegate, Authorization authorization, Caller caller) {
    this.delegate = delegate;
    this.authorization = authorization;
    this.caller = caller;
  }

  /** Secures webhooks for every caller: reading and writing need different permissions. */
  public static Secured<ManageWebhooks> secure(
      WebhookService webhooks, Authorization authorization) {
    return authorization.requiring(
        Permission.READ_WEBHOOKS,
        caller ->
            caller.hasPermission(Permission.WRITE_WEBHOOKS)
                ? webhooks.as(caller)
                : new SecuredManageWebhooks(webhooks.as(caller), authorization, caller));
  }

  @Override
  public Slice<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit) {
    return delegate.list(after, limit);
  }

  @Override
  public Optional<EndpointStatus> find(WebhookEndpointId id) {
    return delegate.find(id);
  }

  @Override
  public Outcome create(WebhookContent content, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome change(
      WebhookEndpointId id, int version, WebhookContent content, ClientInfo client) {
    throw denied();
  }

  @Override
  public boolean delete(WebhookEndpointId id, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome pause(WebhookEndpointId id, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome resume(WebhookEndpointId id, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome rotateSecret(
      WebhookEndpointId id, @Nullable Duration keepOldFor, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome removeSecret(WebhookEndpointId id, int number, ClientInfo client) {
    throw denied();
  }

  @Override
  public Slice<Delivery> deliveries(
      WebhookEndpointId id, @Nullable DeliveryId before, @Nullable DeliveryState state, int limit) {
    return delegate.deliveries(id, before, state, limit);
  }

  @Override
  public Optional<Delivery> resend(WebhookEndpointId id, DeliveryId delivery, ClientInfo client) {
    throw denied();
  }

  @Override
  public Outcome replay(WebhookEndpointId id, EventPosition after, ClientInfo client) {
    throw denied();
  }

  @Override
  public Optional<DeliveryAttempt> test(WebhookEndpointId id) {
    throw denied();
  }

  private RuntimeException denied() {
    return authorization.denied(caller, Permission.WRITE_WEBHOOKS);
  }
}
