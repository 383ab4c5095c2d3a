package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import kassa.contract.SampleOrders;
import kassa.domain.order.OrderPosition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingOrdersTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void lists_nothing_while_there_is_nothing() {
    Answer page = client.get("/v1/orders");

    assertThat(page.body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
  }

  @Test
  void lists_the_newest_first_and_each_order_whole() {
    Answer first = client.place(Bodies.GOOD);
    Answer second = client.place(Bodies.orderWith("quantity", "50"));

    assertThat(client.get("/v1/orders").json().get("data"))
        .containsExactly(second.json(), first.json());
  }

  @Test
  void lists_fifty_unless_told_otherwise_and_two_hundred_at_most() {
    place(201);

    assertThat(numbers(client.get("/v1/orders"))).hasSize(50).startsWith(201).endsWith(152);
    assertThat(numbers(client.get("/v1/orders?limit=1"))).containsExactly(201);
    assertThat(numbers(client.get("/v1/orders?limit=200"))).hasSize(200).endsWith(2);
  }

  @Test
  void a_walk_meets_every_order_once() {
    place(10);

    assertThat(walk(3, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    assertThat(walk(5, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    assertThat(walk(10, () -> {})).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_walk_does_not_mind_orders_that_are_placed_meanwhile() {
    place(10);

    assertThat(walk(3, () -> place(2))).containsExactly(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_cursor_goes_with_any_limit() {
    place(5);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    assertThat(numbers(client.get("/v1/orders?limit=2&cursor=" + cursor))).containsExactly(4, 3);
    assertThat(numbers(client.get("/v1/orders?cursor=" + cursor))).containsExactly(4, 3, 2, 1);
  }

  @Test
  void refuses_a_cursor_with_any_one_character_changed() {
    place(2);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      refusesCursor(cursor.substring(0, i) + other + cursor.substring(i + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "%20", "null", "0", "%F0%9F%8E%81", "MUG==", "AAAAAAAAAAAAAAAAAAAAAAAA"})
  void refuses_what_is_no_cursor(String cursor) {
    refusesCursor(cursor);
  }

  @Test
  void refuses_a_cursor_cut_short_or_with_something_added() {
    place(2);
    String cursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    refusesCursor(cursor.substring(0, 55));
    refusesCursor(cursor.substring(4));
    refusesCursor(cursor + "AAAA");
    refusesCursor(cursor + "%3D");
    refusesCursor(cursor + "%0A");
  }

  @Test
  void refuses_the_cursor_of_another_installation() {
    Cursors elsewhere =
        new Cursors(new SecretKeySpec("the key of another installation".getBytes(UTF_8), "any"));

    refusesCursor(
        elsewhere.write(
            new OrderPosition(SampleOrders.START, SampleOrders.nextId(), BigDecimal.ONE),
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
  void refuses_parameters_that_it_does_not_know_or_not_like_this(String query, String flaw) {
    Answer answer = client.get("/v1/orders?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/code")).isEqualTo("invalid_request");
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void reads_parameters_whose_names_and_values_are_escaped() {
    place(2);

    assertThat(numbers(client.get("/v1/orders?l%69mit=%31"))).containsExactly(2);
    assertThat(numbers(client.get("/v1/orders?"))).containsExactly(2, 1);
  }

  private void place(int orders) {
    for (int i = 0; i < orders; i++) {
      client.place(Bodies.GOOD);
    }
  }

  private List<Integer> walk(int limit, Runnable betweenPages) {
    Answer page = client.get("/v1/orders?limit=" + limit);
    List<Integer> met = new ArrayList<>(numbers(page));
    while (!page.json().get("nextCursor").isNull()) {
      betweenPages.run();
      page = client.get("/v1/orders?limit=" + limit + "&cursor=" + page.at("/nextCursor"));
      met.addAll(numbers(page));
    }
    return met;
  }

  private static List<Integer> numbers(Answer page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(order -> order.get("number").intValue())
        .toList();
  }

  private void refusesCursor(String cursor) {
    Answer answer = client.get("/v1/orders?cursor=" + cursor);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("/code")).isEqualTo("invalid_cursor");
  }
}
