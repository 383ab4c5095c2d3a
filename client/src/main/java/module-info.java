/**
 * Feeds files of orders to a server over its contract, and knows nothing else of it. Its one door
 * is {@link kassa.client.OrderImport}.
 */
module kassa.client {
  requires java.net.http;
  requires static transitive org.jspecify;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.csv;

  exports kassa.client;
}
