/**
 * The domain: money, catalogue, discount rules, pricing, orders, events and identity. Pure
 * functions and values: no clock, no randomness, no threads, no floating point and no library.
 */
module kassa.domain {
  requires static transitive org.jspecify;

  exports kassa.domain;
  exports kassa.domain.catalogue;
  exports kassa.domain.event;
  exports kassa.domain.identity;
  exports kassa.domain.json;
  exports kassa.domain.money;
  exports kassa.domain.order;
  exports kassa.domain.pricing;
  exports kassa.domain.pricing.engine;
  exports kassa.domain.report;
  exports kassa.domain.rule;
  exports kassa.domain.rule.json;
  exports kassa.domain.usage;
  exports kassa.domain.webhook;
}
