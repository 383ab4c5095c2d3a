package kassa.adapters.http.order.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchOrdersEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  /**
   * Places four orders: 1 with MUG, 2 with 12 PEN and MUG, 3 with PEN-2 in JPY, 4 with MUG and a
   * code. Cancels order 3.
   */
  @BeforeEach
  void place() {
    server.activateRule(
        """
        {"name": "Summer", "code": "SUMMER", "effects":
          [{"type": "percent_off_order", "percent": "10"}]}
        """);
    placeOrder("c-1", "USD", OrderBodies.line("MUG", "1", "100.00"), "");
    placeOrder("c-2", "USD", OrderBodies.line("PEN", "12", "5.00") + "," + mugLine(), "");
    placeOrder("c-1", "JPY", OrderBodies.line("PEN-2", "1", "90"), "");
    placeOrder("c-3", "USD", mugLine() + "," + mugLine(), "\"summer\"");
    TestResponse third = client.get("/v1/orders/3");
    client.post(
        "/v1/orders/3/cancel",
        "{\"reason\": \"Wrong colour\"}",
        "If-Match",
        third.header("ETag"),
        "Content-Type",
        "application/json");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''                                         | [4, 3, 2, 1]
          customerId=c-1                             | [3, 1]
          customerId=C-1                             | []
          status=placed                              | [4, 2, 1]
          status=cancelled                           | [3]
          status=cancelled,placed                    | [4, 3, 2, 1]
          currency=JPY                               | [3]
          currency=EUR                               | []
          sku=MUG                                    | [4, 2, 1]
          sku=PEN                                    | [2]
          code=SUMMER                                | [4]
          code=winter                                | []
          ruleId=rul_01kdvdna00e008000000000001      | [2]
          q=PEN                                      | [3, 2]
          q=c-1                                      | [3, 1]
          q=2                                        | [2]
          q=0                                        | []
          totalMin=90                                | [4, 3, 2, 1]
          totalMin=90.01                             | [4, 2, 1]
          totalMin=100&totalMax=154.00               | [2, 1]
          totalMax=100&currency=USD                  | [1]
          sort=placedAt                              | [1, 2, 3, 4]
          sort=-total                                | [4, 2, 1, 3]
          sort=total                                 | [3, 1, 2, 4]
          sort=total&status=placed&sku=MUG           | [1, 2, 4]
          placedFrom=2026-06-15T12:00:00Z            | [4, 3, 2, 1]
          placedFrom=2026-06-15T14:00:01%2B02:00     | []
          placedTo=2026-06-15T12:00:01Z&status=placed | [4, 2, 1]
          placedTo=2026-06-15T12:00:00Z              | []
          customerId=c-2&status=placed&sku=PEN&totalMin=1&currency=USD&q=MU | [2]
          """,
      delimiter = '|')
  void filters_orders_by_query(String query, String numbers) {
    assertThat(numbers(client.get("/v1/orders?" + query))).hasToString(numbers);
  }

  @Test
  void finds_the_orders_of_a_user_by_email() {
    String email = "jos\u00e9@example.com";
    TestResponse user =
        client.post(
            "/v1/users",
            """
            {"email": "%s", "password": "a horse on the stairs", "role": "customer"}
            """
                .formatted(email));
    String ofUser = placeFor(user.at("/id"));
    String literal = placeFor(email);

    for (String text : List.of("jos%C3%A9@example.com", "jose%CC%81@example.com")) {
      assertThat(numbers(client.get("/v1/orders?q=" + text)))
          .hasToString("[%s, %s]".formatted(literal, ofUser));
    }
    assertThat(numbers(client.get("/v1/orders?q=JOS%C3%89@Example.com&sort=total")))
        .hasToString("[%s]".formatted(ofUser));
    assertThat(client.get("/v1/orders/export?q=JOS%C3%89@Example.com").body())
        .contains(user.at("/id"));
    assertThat(numbers(client.get("/v1/orders?q=jos@example.com"))).isEmpty();
    assertThat(numbers(client.get("/v1/orders?q=@"))).isEmpty();
  }

  @Test
  void customers_find_only_their_own_orders_by_email() {
    TestResponse annsUser = HttpTestUsers.createUser(client, "customer");
    String annsEmail = annsUser.at("/email");
    ContractCheckingClient ann =
        client.withToken(HttpTestUsers.signIn(client, annsEmail).at("/token"));
    TestResponse bob = HttpTestUsers.createUser(client, "customer");
    String annsNumber = placeFor(annsUser.at("/id"));
    String bobsNumber = placeFor(bob.at("/id"));

    assertThat(numbers(ann.get("/v1/orders?q=" + annsEmail))).hasToString("[" + annsNumber + "]");
    assertThat(numbers(ann.get("/v1/orders?q=" + bob.at("/email")))).isEmpty();
    assertThat(numbers(client.get("/v1/orders?q=" + bob.at("/email"))))
        .hasToString("[" + bobsNumber + "]");
    assertThat(
            numbers(
                client.get("/v1/orders?customerId=%s&q=%s".formatted(bob.at("/id"), annsEmail))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"sort=-total", "sort=total&sku=MUG", "q=MUG&sort=placedAt", "status=placed"})
  void paging_continues_with_its_cursor(String query) {
    List<Integer> listed = new ArrayList<>();
    TestResponse page = client.get("/v1/orders?limit=1&" + query);
    listed.addAll(numbers(page));
    while (!page.json().get("nextCursor").isNull()) {
      page = client.get("/v1/orders?limit=1&" + query + "&cursor=" + page.at("/nextCursor"));
      listed.addAll(numbers(page));
    }

    assertThat(listed).isEqualTo(numbers(client.get("/v1/orders?" + query)));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ''              | sku=MUG
          sku=MUG         | ''
          sku=MUG         | sku=PEN
          sku=MUG         | sku=MUG&status=placed
          sku=MUG         | q=MUG
          ''              | sort=-total
          sort=total      | sort=-total
          totalMin=1      | totalMin=2
          """,
      delimiter = '|')
  void rejects_cursor_of_another_search(String query, String other) {
    String cursor = client.get("/v1/orders?limit=1" + withParameters(query)).at("/nextCursor");

    TestResponse response = client.get("/v1/orders?cursor=" + cursor + withParameters(other));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("invalid_cursor");
  }

  @Test
  void default_sort_may_be_explicit() {
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    assertThat(numbers(client.get("/v1/orders?sort=-placedAt&cursor=" + cursor)))
        .containsExactly(3, 2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          customerId=                      | ?customerId empty
          status=                          | ?status out_of_range
          status=placed,                   | ?status out_of_range
          status=Placed                    | ?status out_of_range
          placedFrom=2026-06-15            | ?placedFrom malformed
          placedTo=2026-06-15T12:00:00     | ?placedTo malformed
          placedTo=2026-06-15T12:00:00.Z         | ?placedTo malformed
          totalMin=-1                      | ?totalMin malformed
          totalMin=1e3                     | ?totalMin malformed
          totalMax=1.00001                 | ?totalMax malformed
          totalMax=1234567890123456789     | ?totalMax malformed
          currency=usd                     | ?currency unknown_currency
          sku=                             | ?sku empty
          code=%20                         | ?code empty
          ruleId=7                         | ?ruleId malformed
          q=                               | ?q empty
          q=a%0Ab                          | ?q malformed
          sort=number                      | ?sort out_of_range
          sort=%2Btotal                    | ?sort out_of_range
          """,
      delimiter = '|')
  void rejects_invalid_query(String query, String violation) {
    for (String path : new String[] {"/v1/orders?", "/v1/orders/export?"}) {
      TestResponse response = client.get(path + query);

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.violations()).containsExactly(violation);
    }
  }

  @Test
  void reports_all_violations_of_a_query_at_once() {
    TestResponse values = client.get("/v1/orders?status=lost&sku=&limit=0&sort=up&totalMin=x");
    TestResponse names = client.get("/v1/orders?offset=1&limit=1&limit=2&page=3");

    assertThat(values.violations())
        .containsExactlyInAnyOrder(
            "?status out_of_range",
            "?sku empty",
            "?limit out_of_range",
            "?sort out_of_range",
            "?totalMin malformed");
    assertThat(names.violations())
        .containsExactlyInAnyOrder(
            "?offset unknown_parameter", "?limit repeated_parameter", "?page unknown_parameter");
  }

  @Test
  void returns_the_history_of_an_order() {
    TestResponse byNumber = client.get("/v1/orders/3/events");
    TestResponse byId =
        client.get("/v1/orders/" + client.get("/v1/orders/3").at("/id") + "/events");

    assertThat(byNumber.json().get("data")).hasSize(2);
    assertThat(byNumber.at("/data/0/type")).isEqualTo("placed");
    assertThat(byNumber.at("/data/0/at")).isEqualTo(client.get("/v1/orders/3").at("/placedAt"));
    assertThat(byNumber.json().at("/data/0/from").isNull()).isTrue();
    assertThat(byNumber.at("/data/1/actor")).isEqualTo(TestServer.ADMIN_PROGRAM.name());
    assertThat(byNumber.at("/data/1/type")).isEqualTo("cancelled");
    assertThat(byNumber.at("/data/1/from")).isEqualTo("placed");
    assertThat(byNumber.at("/data/1/to")).isEqualTo("cancelled");
    assertThat(byNumber.at("/data/1/reason")).isEqualTo("Wrong colour");
    assertThat(byNumber.at("/data/1/at")).isEqualTo(client.get("/v1/orders/3").at("/updatedAt"));
    assertThat(byId.body()).isEqualTo(byNumber.body());
    assertThat(client.get("/v1/orders/1/events").json().get("data")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"5", "ord_00000000000000000000000000", "0", "nothing"})
  void history_of_unknown_order_is_not_found(String id) {
    TestResponse response = client.get("/v1/orders/" + id + "/events");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.at("/detail")).isEqualTo("The order does not exist.");
  }

  private String placeFor(String customer) {
    return client
        .place(
            """
            {"customerId": "%s", "currency": "USD", "lines": [%s]}
            """
                .formatted(customer, mugLine()))
        .at("/number");
  }

  private void placeOrder(String customer, String currency, String lines, String codes) {
    client.place(
        """
        {"customerId": "%s", "currency": "%s", "lines": [%s], "codes": [%s]}
        """
            .formatted(customer, currency, lines, codes));
  }

  private static String withParameters(String parameters) {
    return parameters.isEmpty() ? "" : "&" + parameters;
  }

  private static String mugLine() {
    return OrderBodies.line("MUG", "1", "100.00");
  }

  private static List<Integer> numbers(TestResponse page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(order -> order.get("number").intValue())
        .toList();
  }
}
