package kassa.application;

import java.time.InstantSource;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.pricing.QuoteCartService;
import kassa.application.internal.pricing.SecuredQuoteCart;
import kassa.application.internal.report.ReportSalesService;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.internal.service.CheckReadinessService;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.in.service.ReadMetrics;
import kassa.application.port.out.Stores;
import kassa.application.port.out.webhook.WebhookGateway;
import kassa.application.telemetry.Telemetry;
import kassa.domain.identity.Permission;
import kassa.domain.rule.Policy;

/**
 * All use cases for callers, grouped by subject. {@link OperatorUseCases} has those for the
 * operator. Every use case is thread-safe.
 *
 * @param orders the use cases of orders
 * @param quoteCart prices a cart without placing an order
 * @param rules the use cases of discount rules
 * @param catalogue the use cases of the catalogue
 * @param identity the use cases of users and credentials
 * @param reportSales sums up the orders
 * @param events the use cases of events
 * @param runIdempotently executes calls with an idempotency key once
 * @param service the use cases of the service itself
 */
public record UseCases(
    OrderUseCases orders,
    Secured<QuoteCart> quoteCart,
    RuleUseCases rules,
    CatalogueUseCases catalogue,
    IdentityUseCases identity,
    Secured<ReportSales> reportSales,
    EventUseCases events,
    RunIdempotently runIdempotently,
    ServiceUseCases service) {

  /** Creates the use cases. */
  public static UseCases create(
      Stores stores,
      Environment environment,
      Cryptography cryptography,
      ApplicationSettings settings,
      WebhookGateway gateway) {
    InstantSource clock = environment.clock();
    Policy policy = settings.pricingPolicy();
    AuditTrail trail = new AuditTrail(stores.identity().auditLog(), clock);
    Authorization authorization = new Authorization(trail);
    ActiveRuleSet activeRules = new ActiveRuleSet(stores.rules().rules(), policy, clock);
    CartPricing pricing = cartPricing(stores, environment.telemetry());
    IdempotencyService idempotency = new IdempotencyService(stores.idempotency(), clock);
    ReadMetrics readMetrics = environment.telemetry()::write;
    ReportSales reportSales = new ReportSalesService(stores.sales(), clock);
    return new UseCases(
        OrderUseCases.create(
            stores.orders(),
            stores.identity().users(),
            idempotency,
            pricing,
            activeRules,
            environment,
            settings.batchLimits(),
            settings.maxRowsInMemory(),
            authorization),
        SecuredQuoteCart.secure(
            new QuoteCartService(pricing, activeRules, policy, clock), authorization),
        RuleUseCases.create(stores.rules(), activeRules, environment, authorization),
        CatalogueUseCases.create(stores.products(), clock, authorization),
        IdentityUseCases.create(
            stores.identity(), environment, cryptography, settings, trail, authorization),
        authorization.requiring(Permission.READ_SALES_REPORTS, caller -> reportSales),
        EventUseCases.create(
            stores, gateway, environment, settings.maxDeliveriesPerSecond(), trail, authorization),
        idempotency,
        new ServiceUseCases(
            new CheckReadinessService(stores.probe()),
            authorization.requiring(Permission.READ_METRICS, caller -> readMetrics)));
  }

  /** Returns the same use cases with another authentication. */
  public UseCases withAuthenticate(Authenticate authenticate) {
    return new UseCases(
        orders,
        quoteCart,
        rules,
        catalogue,
        identity.withAuthenticate(authenticate),
        reportSales,
        events,
        runIdempotently,
        service);
  }

  /** Returns the same use cases with another check of the readiness. */
  public UseCases withCheckReadiness(CheckReadiness otherCheck) {
    return new UseCases(
        orders,
        quoteCart,
        rules,
        catalogue,
        identity,
        reportSales,
        events,
        runIdempotently,
        new ServiceUseCases(otherCheck, service.readMetrics()));
  }

  static CartPricing cartPricing(Stores stores, Telemetry telemetry) {
    return new CartPricing(
        stores.products(),
        stores.rules().codes(),
        stores.rules().limitUsage(),
        stores.orders(),
        telemetry);
  }
}
