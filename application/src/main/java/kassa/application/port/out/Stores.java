package kassa.application.port.out;

import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.identity.IdentityStores;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.rule.RuleStores;
import kassa.application.port.out.service.StoreProbe;
import kassa.application.port.out.webhook.WebhookStores;

/**
 * All stores that the use cases need.
 *
 * @param orders stores the orders
 * @param idempotency stores the responses of calls with an idempotency key
 * @param rules the stores of the discount rules
 * @param products stores the catalogue
 * @param identity the stores of users and credentials
 * @param sales sums up the orders
 * @param events reads the events that the other stores write
 * @param webhooks the stores of webhook endpoints and deliveries
 * @param probe checks whether the store is available
 */
public record Stores(
    OrderStore orders,
    IdempotencyStore idempotency,
    RuleStores rules,
    ProductStore products,
    IdentityStores identity,
    SalesLedger sales,
    EventLog events,
    WebhookStores webhooks,
    StoreProbe probe) {}
