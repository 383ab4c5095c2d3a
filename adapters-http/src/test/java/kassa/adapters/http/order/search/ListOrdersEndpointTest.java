package kassa.adapters.http.order.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.OrderSortKey;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListOrdersEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void empty_list_has_no_items() {
    TestResponse page = client.get("/v1/orders");

    assertThat(page.body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
  }

  @Test
  void lists_complete_orders_newest_first() {
    TestResponse first = client.place(OrderBodies.VALID_ORDER);
    TestResponse second = client.place(OrderBodies.orderWith("quantity", "50"));

    assertThat(client.get("/v1/orders").json().get("data"))
        .containsExactly(second.json(), first.json());
  }

  @Test
  void default_limit_is_50_and_maximum_200() {
    place(201);

    assertThat(numbers(client.get("/v1/orders"))).hasSize(50).startsWith(201).endsWith(152);
    assertThat(numbers(client.get("/v1/orders?limit=1"))).containsExactly(201);
    assertThat(numbers(client.get("/v1/orders?limit=200"))).hasSize(200).endsWith(2);
  }

  @Test
  void paging_lists_every_order_once() {
    place(10);

    assertThat(listAllPages(3, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    assertThat(listAllPages(5, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    assertThat(listAllPages(10, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void paging_is_stable_while_orders_are_placed() {
    place(10);

    assertThat(listAllPages(3, () -> place(2))).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void cursor_works_with_any_limit() {
    place(5);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    assertThat(numbers(client.get("/v1/orders?limit=2&cursor=" + cursor))).containsExactly(4, 3);
    assertThat(numbers(client.get("/v1/orders?cursor=" + cursor))).containsExactly(4, 3, 2, 1);
  }

  /** Clients use their cursors after an update: a text that changes ends their iteration. */
  @Test
  void cursor_is_bound_to_the_canonical_text_of_all_parameters() {
    String query =
        "totalMax=99.9&totalMin=0&sku=MUG&sort=total&q=a&ruleId=rul_01kdvdna00e000000000000001"
            + "&placedTo=2026-06-16T00:00:00Z&placedFrom=2026-06-15T00:00:00Z&customerId=c"
            + "&currency=EUR&code=SUMMER&status=placed,paid";
    String text =
        """
        status=placed,paid
        customerId=c
        placedFrom=2026-06-15T00:00:00Z
        placedTo=2026-06-16T00:00:00Z
        totalMin=0
        totalMax=99.9
        currency=EUR
        sku=MUG
        code=SUMMER
        ruleId=rul_01kdvdna00e000000000000001
        q=a
        sort=total
        """;

    String cursor =
        new Cursors(TestServer.apiConfig().cursorKey())
            .encode(
                CursorType.ORDERS,
                new OrderSortKey(SampleOrders.START, SampleOrders.nextId(), BigDecimal.ONE),
                text);

    assertThat(client.get("/v1/orders?" + query + "&cursor=" + cursor).status()).isEqualTo(200);
  }

  @Test
  void rejects_cursor_with_any_changed_character() {
    place(2);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      assertCursorRejected(cursor.substring(0, i) + other + cursor.substring(i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "%20", "null", "0", "%F0%9F%8E%81", "MUG==", "AAAAAAAAAAAAAAAAAAAAAAAA"})
  void rejects_malformed_cursor(String cursor) {
    assertCursorRejected(cursor);
  }

  @Test
  void rejects_truncated_or_extended_cursor() {
    place(2);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    assertCursorRejected(cursor.substring(0, 55));
    assertCursorRejected(cursor.substring(4));
    assertCursorRejected(cursor + "AAAA");
    assertCursorRejected(cursor + "%3D");
    assertCursorRejected(cursor + "%0A");
  }

  @Test
  void rejects_cursor_of_another_installation() {
    Cursors otherCursors =
        new Cursors(new SecretKeySpec("the key of another installation".getBytes(UTF_8), "any"));

    assertCursorRejected(
        otherCursors.encode(
            CursorType.ORDERS,
            new OrderSortKey(SampleOrders.START, SampleOrders.nextId(), BigDecimal.ONE),
            "sort=-placedAt\n"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          limit=0                | ?limit out_of_range
          limit=201              | ?limit out_of_range
          limit=-1               | ?limit out_of_range
          limit=                 | ?limit out_of_range
          limit                  | ?limit out_of_range
          limit=ten              | ?limit out_of_range
          limit=1.0              | ?limit out_of_range
          limit=+1               | ?limit out_of_range
          limit=%D9%A1           | ?limit out_of_range
          limit=99999999999999   | ?limit out_of_range
          limit=1&limit=1        | ?limit repeated_parameter
          cursor=A&cursor=A      | ?cursor repeated_parameter
          offset=1               | ?offset unknown_parameter
          Limit=1                | ?Limit unknown_parameter
          limit=1&state=placed   | ?state unknown_parameter
          =1                     | ? unknown_parameter
          """,
      delimiter = '|')
  void rejects_unknown_or_invalid_parameters(String query, String violation) {
    TestResponse response = client.get("/v1/orders?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("invalid_request");
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void decodes_escaped_parameters() {
    place(2);

    assertThat(numbers(client.get("/v1/orders?l%69mit=%31"))).containsExactly(2);
    assertThat(numbers(client.get("/v1/orders?"))).containsExactly(2, 1);
  }

  private void place(int orders) {
    for (int i = 0; i < orders; i++) {
      client.place(OrderBodies.VALID_ORDER);
    }
  }

  private List<Integer> listAllPages(int limit, Runnable betweenPages) {
    TestResponse page = client.get("/v1/orders?limit=" + limit);
    List<Integer> listed = new ArrayList<>(numbers(page));
    while (!page.json().get("nextCursor").isNull()) {
      betweenPages.run();
      page = client.get("/v1/orders?limit=" + limit + "&cursor=" + page.at("/nextCursor"));
      listed.addAll(numbers(page));
    }
    return listed;
  }

  private static List<Integer> numbers(TestResponse page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(order -> order.get("number").intValue())
        .toList();
  }

  private void assertCursorRejected(String cursor) {
    TestResponse response = client.get("/v1/orders?cursor=" + cursor);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("invalid_cursor");
  }
}
