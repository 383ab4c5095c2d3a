package kassa.adapters.http;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.catalogue.ProductHandlers;
import kassa.adapters.http.catalogue.ProductImportHandler;
import kassa.adapters.http.code.CodeHandlers;
import kassa.adapters.http.event.EventHandlers;
import kassa.adapters.http.event.EventStreamHandler;
import kassa.adapters.http.identity.AccountHandlers;
import kassa.adapters.http.identity.ApiKeyHandlers;
import kassa.adapters.http.identity.AuditLogHandler;
import kassa.adapters.http.identity.SessionHandlers;
import kassa.adapters.http.identity.UserHandlers;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.order.OrderHandlers;
import kassa.adapters.http.order.OrderTransitionHandlers;
import kassa.adapters.http.order.batch.BatchHandler;
import kassa.adapters.http.order.search.OrderExportHandler;
import kassa.adapters.http.order.search.OrderSearchHandlers;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.pricing.QuoteHandlers;
import kassa.adapters.http.report.SalesReportHandlers;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.rule.RuleHandlers;
import kassa.adapters.http.rule.RuleLintHandler;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.service.MetricsHandler;
import kassa.adapters.http.service.OpenApiHandlers;
import kassa.adapters.http.service.ServiceHandlers;
import kassa.adapters.http.webhook.WebhookDeliveryHandlers;
import kassa.adapters.http.webhook.WebhookHandlers;
import kassa.application.CatalogueUseCases;
import kassa.application.EventUseCases;
import kassa.application.IdentityUseCases;
import kassa.application.OrderUseCases;
import kassa.application.RuleUseCases;
import kassa.application.UseCases;
import kassa.application.telemetry.Telemetry;

/** All endpoints of the API with their handlers. */
final class ApiRoutes {

  /** Proxies close connections on which nothing is sent for about a minute. */
  private static final Duration EVENT_KEEP_ALIVE = Duration.ofSeconds(15);

  private ApiRoutes() {}

  /**
   * @param hasManagementPort whether the metrics are on the management port only
   */
  static List<Route> of(
      ApiConfig api,
      UseCases useCases,
      String version,
      ConcurrencyLimiter limiter,
      RequestAuthenticator authentication,
      JsonCodec json,
      Responses responses,
      boolean hasManagementPort,
      Telemetry telemetry) {
    Cursors cursors = new Cursors(api.cursorKey());
    return Stream.of(
            orderRoutes(api, useCases, cursors, json, responses),
            catalogueRoutes(api, useCases.catalogue(), cursors, json, responses),
            ruleRoutes(useCases.rules(), cursors, json, responses),
            identityRoutes(useCases.identity(), authentication, cursors, json, responses),
            eventRoutes(useCases.events(), cursors, json, responses, limiter, telemetry),
            new SalesReportHandlers(useCases.reportSales(), responses).routes(),
            new ServiceHandlers(useCases.service().checkReadiness(), limiter, version, responses)
                .routes(),
            new MetricsHandler(useCases.service().readMetrics(), authentication, hasManagementPort)
                .routes(),
            new OpenApiHandlers().routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> orderRoutes(
      ApiConfig api, UseCases useCases, Cursors cursors, JsonCodec json, Responses responses) {
    OrderUseCases orders = useCases.orders();
    return Stream.of(
            new QuoteHandlers(useCases.quoteCart(), api.currencies(), json, responses).routes(),
            new OrderExportHandler(orders.findOrders(), json).routes(),
            new OrderSearchHandlers(orders.findOrders(), cursors, responses).routes(),
            new OrderHandlers(
                    orders.placeOrderIdempotently(),
                    orders.findOrders(),
                    api.currencies(),
                    json,
                    responses)
                .routes(),
            new OrderTransitionHandlers(
                    orders.changeOrderStatus(),
                    orders.refundOrder(),
                    orders.findOrderToChange(),
                    orders.findOrders(),
                    json,
                    responses)
                .routes(),
            new BatchHandler(
                    orders.placeOrderIdempotently(),
                    orders.placeOrderBatch(),
                    api.currencies(),
                    json,
                    responses)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> catalogueRoutes(
      ApiConfig api,
      CatalogueUseCases catalogue,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    return Stream.of(
            new ProductHandlers(
                    catalogue.manageProducts(),
                    catalogue.findProducts(),
                    api.currencies(),
                    cursors,
                    json,
                    responses)
                .routes(),
            new ProductImportHandler(catalogue.manageProducts(), api.currencies(), json, responses)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> ruleRoutes(
      RuleUseCases rules, Cursors cursors, JsonCodec json, Responses responses) {
    return Stream.of(
            new RuleHandlers(rules.manageRules(), cursors, json, responses).routes(),
            new RuleLintHandler(rules.manageRules(), json, responses).routes(),
            new CodeHandlers(rules.manageCodes(), cursors, json, responses).routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> eventRoutes(
      EventUseCases events,
      Cursors cursors,
      JsonCodec json,
      Responses responses,
      ConcurrencyLimiter limiter,
      Telemetry telemetry) {
    return Stream.of(
            new EventHandlers(events.readEvents(), cursors, responses).routes(),
            new WebhookHandlers(events.manageWebhooks(), cursors, json, responses).routes(),
            new WebhookDeliveryHandlers(events.manageWebhooks(), cursors, json, responses).routes(),
            new EventStreamHandler(
                    events.readEvents(), cursors, json, limiter, EVENT_KEEP_ALIVE, telemetry)
                .routes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> identityRoutes(
      IdentityUseCases identity,
      RequestAuthenticator authentication,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    return Stream.of(
            new AccountHandlers(
                    authentication,
                    identity.registerCustomer(),
                    identity.signIn(),
                    identity.manageSessions(),
                    json,
                    responses)
                .routes(),
            new SessionHandlers(identity.manageSessions(), responses).routes(),
            new UserHandlers(identity.manageUsers(), cursors, json, responses).routes(),
            new ApiKeyHandlers(identity.manageApiKeys(), cursors, json, responses).routes(),
            new AuditLogHandler(identity.readAuditLog(), cursors, responses).routes())
        .flatMap(List::stream)
        .toList();
  }
}
