/**
 * HTTP adapter: the REST API, built on Javalin, Jetty and Jackson. Entry point: {@link
 * kassa.adapters.http.HttpServer}.
 */
@SuppressWarnings("module")
module kassa.adapters.http {
  requires transitive kassa.application;
  requires de.siegmar.fastcsv;
  requires io.javalin;
  requires jakarta.servlet;
  requires org.eclipse.jetty.alpn.java.server;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.ee10.servlet;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.server;
  requires org.eclipse.jetty.util;
  requires org.slf4j;
  requires tools.jackson.databind;

  exports kassa.adapters.http;

  opens kassa.adapters.http.catalogue to
      tools.jackson.databind;
  opens kassa.adapters.http.code to
      tools.jackson.databind;
  opens kassa.adapters.http.event to
      tools.jackson.databind;
  opens kassa.adapters.http.identity to
      tools.jackson.databind;
  opens kassa.adapters.http.order to
      tools.jackson.databind;
  opens kassa.adapters.http.order.batch to
      tools.jackson.databind;
  opens kassa.adapters.http.order.search to
      tools.jackson.databind;
  opens kassa.adapters.http.page to
      tools.jackson.databind;
  opens kassa.adapters.http.pricing to
      tools.jackson.databind;
  opens kassa.adapters.http.problem to
      tools.jackson.databind;
  opens kassa.adapters.http.report to
      tools.jackson.databind;
  opens kassa.adapters.http.rule to
      tools.jackson.databind;
  opens kassa.adapters.http.service to
      tools.jackson.databind;
  opens kassa.adapters.http.webhook to
      tools.jackson.databind;
}
