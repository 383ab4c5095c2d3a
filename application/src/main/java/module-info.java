/**
 * What Kassa does, told as use-cases: driving ports that the outside calls, driven ports that the
 * outside implements, and between them the only home of concurrency.
 */
module kassa.application {
  requires transitive kassa.domain;

  exports kassa.application;
  exports kassa.application.idempotency;
  exports kassa.application.port.in;
  exports kassa.application.port.out;
}
