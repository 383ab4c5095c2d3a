/**
 * Use cases of Kassa: driving ports that adapters call, driven ports that adapters implement, and
 * their services. All concurrency of the core is here.
 */
module kassa.application {
  requires transitive kassa.domain;

  exports kassa.application;
  exports kassa.application.idempotency;
  exports kassa.application.port.in;
  exports kassa.application.port.in.catalogue;
  exports kassa.application.port.in.event;
  exports kassa.application.port.in.identity;
  exports kassa.application.port.in.order;
  exports kassa.application.port.in.pricing;
  exports kassa.application.port.in.report;
  exports kassa.application.port.in.rule;
  exports kassa.application.port.in.service;
  exports kassa.application.port.in.webhook;
  exports kassa.application.port.out;
  exports kassa.application.port.out.catalogue;
  exports kassa.application.port.out.event;
  exports kassa.application.port.out.identity;
  exports kassa.application.port.out.order;
  exports kassa.application.port.out.report;
  exports kassa.application.port.out.rule;
  exports kassa.application.port.out.service;
  exports kassa.application.port.out.webhook;
  exports kassa.application.telemetry;
}
