/**
 * What Kassa does, told as use-cases: driving ports that the outside calls, driven ports that the
 * outside implements, and between them the only home of concurrency.
 */
module kassa.application {
  requires transitive kassa.domain;

  exports kassa.application;
  exports kassa.application.idempotency;
  exports kassa.application.port.in;
  exports kassa.application.port.in.catalogue;
  exports kassa.application.port.in.identity;
  exports kassa.application.port.in.order;
  exports kassa.application.port.in.pricing;
  exports kassa.application.port.in.report;
  exports kassa.application.port.in.rule;
  exports kassa.application.port.in.service;
  exports kassa.application.port.out;
  exports kassa.application.port.out.catalogue;
  exports kassa.application.port.out.identity;
  exports kassa.application.port.out.order;
  exports kassa.application.port.out.report;
  exports kassa.application.port.out.rule;
  exports kassa.application.port.out.service;
}
