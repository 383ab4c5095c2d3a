package kassa.application;

import java.time.InstantSource;
import kassa.application.internal.event.PurgeEventsService;
import kassa.application.internal.identity.AttemptThrottle;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.CreateFirstAdminService;
import kassa.application.internal.identity.PurgeExpiredService;
import kassa.application.internal.identity.StartLocalSessionService;
import kassa.application.internal.order.HistoricalOrderImport;
import kassa.application.internal.order.OrderPricing;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.event.PurgeEvents;
import kassa.application.port.in.identity.CreateFirstAdmin;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.in.order.ImportHistoricalOrders;
import kassa.application.port.out.Stores;
import kassa.application.port.out.identity.IdentityStores;

/**
 * The use cases for the operator, who runs Kassa. They check no permission, so no caller of the API
 * may reach them.
 *
 * @param createFirstAdmin creates the first admin
 * @param startLocalSession starts sessions without a password
 * @param purgeExpired deletes expired sessions, attempts and rate limit counters
 * @param purgeEvents deletes the events whose retention has ended
 * @param importHistoricalOrders stores orders of the past, at the time that each of them states
 */
public record OperatorUseCases(
    CreateFirstAdmin createFirstAdmin,
    StartLocalSession startLocalSession,
    PurgeExpired purgeExpired,
    PurgeEvents purgeEvents,
    ImportHistoricalOrders importHistoricalOrders) {

  /** Creates the use cases. */
  public static OperatorUseCases create(
      Stores stores,
      Environment environment,
      Cryptography cryptography,
      ApplicationSettings settings) {
    InstantSource clock = environment.clock();
    IdentityStores identity = stores.identity();
    AuditTrail trail = new AuditTrail(identity.auditLog(), clock);
    return new OperatorUseCases(
        new CreateFirstAdminService(
            identity.users(),
            cryptography.passwords(),
            trail,
            clock,
            environment.ids(),
            environment.random()),
        new StartLocalSessionService(
            identity.users(),
            identity.sessions(),
            cryptography.tokens(),
            trail,
            clock,
            environment.ids()),
        new PurgeExpiredService(
            identity.sessions(),
            new AttemptThrottle(identity.failedAttempts(), clock),
            identity.rateLimits(),
            settings.sessionLimits(),
            clock),
        new PurgeEventsService(stores.events(), settings.eventRetention(), clock),
        new HistoricalOrderImport(
            stores.orders(),
            new OrderPricing(UseCases.cartPricing(stores, environment.telemetry())),
            new ActiveRuleSet(stores.rules().rules(), settings.pricingPolicy(), clock)));
  }
}
