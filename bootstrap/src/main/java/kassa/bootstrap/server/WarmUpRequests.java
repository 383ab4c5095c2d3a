package kassa.bootstrap.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The requests of a warm-up: those that a shop has most, in turn.
 *
 * @param currency a currency that the shop accepts
 * @param orders ids of stored orders; may be empty
 * @param storesOrders whether the database accepts writes
 */
record WarmUpRequests(String currency, List<String> orders, boolean storesOrders) {

  /** Token of one of the two callers. */
  static final String PROGRAM = "program";

  private static final String ADMIN = "admin";

  /** A request for a page of orders. */
  static final String LIST = request("GET", "/v1/orders?limit=50", ADMIN, "", "");

  private static final Pattern ORDER_ID = Pattern.compile("\"id\":\"(ord_[0-9a-z]+)\"");

  /** Requests after which the turn begins again. */
  private static final int TURN = 32;

  /**
   * Creates requests for a shop.
   *
   * @param currencies the accepted currencies, at least one
   * @param page the response to {@link #LIST}
   */
  static WarmUpRequests of(Set<String> currencies, String page, boolean storesOrders) {
    String currency = currencies.contains("EUR") ? "EUR" : currencies.iterator().next();
    List<String> orders =
        ORDER_ID.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    return new WarmUpRequests(currency, orders, storesOrders);
  }

  /** Returns the request with this number, 0 or more. */
  String get(int number) {
    String caller = number % 3 == 0 ? ADMIN : PROGRAM;
    return switch (number % TURN) {
      case 0 -> LIST;
      case 1, 5, 9, 13, 17, 21 -> find(number, caller);
      case 3, 7, 11, 15, 19, 23 -> post("/v1/quotes", number, caller, "");
      case 2, 6, 10, 14, 18, 22, 26, 30 ->
          place(number, caller, "Idempotency-Key: " + UUID.randomUUID() + "\r\n");
      default -> place(number, caller, "");
    };
  }

  private String find(int number, String caller) {
    return orders.isEmpty()
        ? place(number, caller, "")
        : request("GET", "/v1/orders/" + orders.get(number % orders.size()), caller, "", "");
  }

  private String place(int number, String caller, String headers) {
    return storesOrders
        ? post("/v1/orders", number, caller, headers)
        : post("/v1/quotes", number, caller, "");
  }

  private String post(String path, int number, String caller, String headers) {
    String cart =
        String.format(
            Locale.ROOT,
            """
            {"currency":"%s","lines":[\
            {"sku":"A-%d","quantity":%d,"unitPrice":"12"},\
            {"sku":"B-%d","quantity":%d,"unitPrice":"25"},\
            {"sku":"C-%d","quantity":%d,"unitPrice":"7"}]}\
            """,
            currency,
            number % 97,
            number % 60 + 1,
            number % 89,
            number % 12 + 1,
            number % 31,
            number % 5 + 1);
    return request("POST", path, caller, headers + "Content-Type: application/json\r\n", cart);
  }

  private static String request(
      String method, String path, String token, String headers, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + token
        + "\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\n"
        + headers
        + (body.isEmpty()
            ? ""
            : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
        + "\r\n"
        + body;
  }
}
