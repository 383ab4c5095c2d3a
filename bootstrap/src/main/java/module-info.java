/** Configuration, wiring and the main class: the only module that knows all others. */
module kassa.bootstrap {
  requires kassa.adapters.http;
  requires kassa.adapters.persistence;
  requires kassa.adapters.secrets;
  requires kassa.adapters.telemetry;
  requires kassa.adapters.webhooks;
  requires kassa.client;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.fasterxml.uuid;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires java.management;
  requires org.slf4j;

  uses kassa.application.telemetry.TracingProvider;

  provides ch.qos.logback.classic.spi.Configurator with
      kassa.bootstrap.config.LogbackConfigurator;
}
