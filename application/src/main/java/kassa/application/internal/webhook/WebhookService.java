package kassa.application.internal.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Slice;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.application.port.out.webhook.WebhookSender;
import kassa.application.port.out.webhook.WebhookSender.UrlCheck;
import kassa.application.port.out.webhook.WebhookStores;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.event.EventId;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import kassa.domain.webhook.WebhookSecret;
import org.jspecify.annotations.Nullable;

/** Manages webhook endpoints and their deliveries. */
public final class WebhookService {

  private final WebhookStores stores;
  private final EventLog log;
  private final WebhookGateway gateway;
  private final AuditTrail trail;
  private final Authorization authorization;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public WebhookService(
      WebhookStores stores,
      EventLog log,
      WebhookGateway gateway,
      AuditTrail trail,
      Authorization authorization,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.stores = stores;
    this.log = log;
    this.gateway = gateway;
    this.trail = trail;
    this.authorization = authorization;
    this.clock = clock;
    this.ids = ids;
  }

  /** Returns the use case for this caller. */
  public ManageWebhooks as(Caller caller) {
    return new AsCaller(caller);
  }

  private final class AsCaller implements ManageWebhooks {

    private final Caller caller;

    private AsCaller(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Slice<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit) {
      return Slice.read(limit, count -> stores.endpoints().list(after, count));
    }

    @Override
    public Optional<EndpointStatus> find(WebhookEndpointId id) {
      return stores.endpoints().find(id);
    }

    @Override
    public Outcome create(WebhookContent content, ClientInfo client) {
      requireReadable(content);
      UrlProblem problem = problem(content);
      if (problem != null) {
        return new Outcome.UrlRefused(problem);
      }
      Instant now = clock.instant();
      String secret = gateway.secrets().newSecret();
      WebhookEndpoint endpoint =
          WebhookEndpoint.create(
              new WebhookEndpointId(ids.get()),
              content,
              new WebhookSecret(1, secret, now, null),
              caller.name());
      EventPosition start = log.latest();
      if (!stores.endpoints().add(endpoint, start, MAX_ENDPOINTS)) {
        return new Outcome.TooManyEndpoints();
      }
      audit(Kind.WEBHOOK_CREATED, endpoint.id(), client, content.url().toString());
      return new Outcome.Done(
          new EndpointStatus(endpoint, start, CircuitBreaker.CLOSED, 0), secret);
    }

    @Override
    public Outcome change(
        WebhookEndpointId id, int version, WebhookContent content, ClientInfo client) {
      requireReadable(content);
      EndpointStatus current = stores.endpoints().find(id).orElse(null);
      if (current == null) {
        return new Outcome.NotFound();
      }
      if (current.endpoint().version() != version) {
        return new Outcome.VersionConflict();
      }
      UrlProblem problem = problem(content);
      if (problem != null) {
        return new Outcome.UrlRefused(problem);
      }
      WebhookEndpoint changed = current.endpoint().withContent(content, clock.instant());
      if (!stores.endpoints().update(changed)) {
        return new Outcome.VersionConflict();
      }
      audit(Kind.WEBHOOK_CHANGED, id, client, content.url().toString());
      return done(current, changed, null);
    }

    @Override
    public boolean delete(WebhookEndpointId id, ClientInfo client) {
      boolean existed = stores.endpoints().delete(id);
      if (existed) {
        audit(Kind.WEBHOOK_DELETED, id, client, null);
      }
      return existed;
    }

    @Override
    public Outcome pause(WebhookEndpointId id, ClientInfo client) {
      return update(
          id,
          endpoint ->
              endpoint.isPaused() ? null : endpoint.withPause(PauseReason.PERSON, clock.instant()),
          Kind.WEBHOOK_PAUSED,
          client);
    }

    @Override
    public Outcome resume(WebhookEndpointId id, ClientInfo client) {
      return update(
          id,
          endpoint -> endpoint.isPaused() ? endpoint.withPause(null, clock.instant()) : null,
          Kind.WEBHOOK_RESUMED,
          client);
    }

    @Override
    public Outcome rotateSecret(
        WebhookEndpointId id, @Nullable Duration keepOldFor, ClientInfo client) {
      if (keepOldFor != null
          && (keepOldFor.isNegative() || keepOldFor.compareTo(MAX_KEEP_OLD) > 0)) {
        throw new InvalidValueException(
            Reason.OUT_OF_RANGE, "the old secret can be kept for up to 30 days");
      }
      String secret = gateway.secrets().newSecret();
      while (true) {
        EndpointStatus current = stores.endpoints().find(id).orElse(null);
        if (current == null) {
          return new Outcome.NotFound();
        }
        Instant now = clock.instant();
        WebhookEndpoint rotated =
            current
                .endpoint()
                .rotated(secret, keepOldFor == null ? null : now.plus(keepOldFor), now)
                .orElse(null);
        if (rotated == null) {
          return new Outcome.TooManySecrets();
        }
        if (stores.endpoints().update(rotated)) {
          audit(Kind.WEBHOOK_SECRET_ROTATED, id, client, null);
          return done(current, rotated, secret);
        }
      }
    }

    @Override
    public Outcome removeSecret(WebhookEndpointId id, int number, ClientInfo client) {
      while (true) {
        EndpointStatus current = stores.endpoints().find(id).orElse(null);
        WebhookEndpoint changed =
            current == null
                ? null
                : current.endpoint().withoutSecret(number, clock.instant()).orElse(null);
        if (current == null || changed == null) {
          return new Outcome.NotFound();
        }
        if (stores.endpoints().update(changed)) {
          audit(Kind.WEBHOOK_SECRET_REMOVED, id, client, Integer.toString(number));
          return done(current, changed, null);
        }
      }
    }

    @Override
    public Slice<Delivery> deliveries(
        WebhookEndpointId id,
        @Nullable DeliveryId before,
        @Nullable DeliveryState state,
        int limit) {
      return Slice.read(limit, count -> stores.deliveries().list(id, before, state, count));
    }

    @Override
    public Optional<Delivery> resend(WebhookEndpointId id, DeliveryId delivery, ClientInfo client) {
      Optional<Delivery> sent = stores.deliveries().resend(id, delivery, clock.instant());
      sent.ifPresent(one -> audit(Kind.WEBHOOK_REPLAYED, id, client, one.event().id().toString()));
      return sent;
    }

    @Override
    public Outcome replay(WebhookEndpointId id, EventPosition after, ClientInfo client) {
      if (!stores.endpoints().moveTo(id, after)) {
        return new Outcome.NotFound();
      }
      audit(Kind.WEBHOOK_REPLAYED, id, client, null);
      return stores
          .endpoints()
          .find(id)
          .<Outcome>map(status -> new Outcome.Done(status, null))
          .orElseGet(Outcome.NotFound::new);
    }

    @Override
    public Optional<DeliveryAttempt> test(WebhookEndpointId id) {
      Instant now = clock.instant();
      return stores
          .endpoints()
          .find(id)
          .map(status -> {
            WebhookEndpoint endpoint = status.endpoint();
            String event = new EventId(ids.get()).toString();
            return gateway
                .sender()
                .send(
                    new WebhookSender.Message(
                        endpoint.content().url(),
                        event,
                        now,
                        now,
                        gateway.bodies().ofTest(id, event, now),
                        endpoint.liveSecrets(now)))
                .attempt();
          });
    }

    /**
     * Changes an endpoint, whatever its version.
     *
     * @param change returns {@code null} if there is nothing to change
     */
    private Outcome update(
        WebhookEndpointId id,
        Function<WebhookEndpoint, @Nullable WebhookEndpoint> change,
        Kind kind,
        ClientInfo client) {
      while (true) {
        EndpointStatus current = stores.endpoints().find(id).orElse(null);
        if (current == null) {
          return new Outcome.NotFound();
        }
        WebhookEndpoint changed = change.apply(current.endpoint());
        if (changed == null) {
          return new Outcome.Done(current, null);
        }
        if (stores.endpoints().update(changed)) {
          audit(kind, id, client, null);
          return done(current, changed, null);
        }
      }
    }

    private void requireReadable(WebhookContent content) {
      for (EventType type : EventSelection.types(content)) {
        authorization.require(caller, type.permission());
      }
    }

    private void audit(
        Kind kind, WebhookEndpointId id, ClientInfo client, @Nullable String detail) {
      trail.write(kind, caller.name(), id, client.address(), detail);
    }
  }

  private ManageWebhooks.@Nullable UrlProblem problem(WebhookContent content) {
    UrlCheck check = gateway.sender().check(content.url());
    return check == UrlCheck.ALLOWED
        ? null
        : ManageWebhooks.UrlProblem.valueOf(check.name().toUpperCase(Locale.ROOT));
  }

  private static ManageWebhooks.Outcome done(
      EndpointStatus before, WebhookEndpoint changed, @Nullable String secret) {
    boolean isResumed = before.endpoint().isPaused() && !changed.isPaused();
    CircuitBreaker breaker = isResumed ? CircuitBreaker.CLOSED : before.breaker();
    return new ManageWebhooks.Outcome.Done(
        new EndpointStatus(changed, before.position(), breaker, before.pending()), secret);
  }
}
