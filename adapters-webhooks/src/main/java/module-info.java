/**
 * Sends signed webhooks. The entry point is {@link kassa.adapters.webhooks.Webhooks}; the HTTP
 * client of Jetty is loaded with the first message.
 */
module kassa.adapters.webhooks {
  requires transitive kassa.application;
  requires org.eclipse.jetty.client;
  requires org.eclipse.jetty.http;
  requires org.eclipse.jetty.io;
  requires org.eclipse.jetty.util;

  exports kassa.adapters.webhooks;
}
