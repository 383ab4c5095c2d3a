package kassa.adapters.http;

/** Creates webhook endpoints for tests. */
public final class HttpTestWebhooks {

  /** A valid body: all events of orders. */
  public static final String BODY =
      "{\"url\": \"https://shop.example/hooks\", \"eventTypes\": [\"order.*\"]}";

  private HttpTestWebhooks() {}

  /** Creates an endpoint and returns its path. */
  public static String create(ContractCheckingClient client) {
    return ContractCheckingClient.expect(201, client.post("/v1/webhook-endpoints", BODY))
        .header("Location");
  }
}
