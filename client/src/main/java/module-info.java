/**
 * Imports files of orders into a server. Uses only the public HTTP API. The entry point is {@link
 * kassa.client.OrderImport}.
 */
module kassa.client {
  requires de.siegmar.fastcsv;
  requires java.net.http;
  requires static transitive org.jspecify;
  requires tools.jackson.core;
  requires tools.jackson.databind;

  exports kassa.client;
}
