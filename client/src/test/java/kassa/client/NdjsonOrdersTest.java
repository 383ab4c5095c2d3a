package kassa.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonOrdersTest {

  private static final String DIGEST = "0123456789abcdef0123456789abcdef01234567";
  private static final String MADE = "0123456789abcdef0123456789abcdef-";

  @Test
  void reads_an_order_a_line_and_leaves_out_blank_lines() throws IOException {
    assertThat(read("{\"key\":\"a\",\"n\":1.50}\r\n \t\n\n{\"key\":\"b\"}"))
        .containsExactly(
            new Submission.Sendable(1, "a", "{\"key\":\"a\",\"n\":1.50}"),
            new Submission.Sendable(4, "b", "{\"key\":\"b\"}"));
  }

  @Test
  void gives_an_order_without_a_key_one_of_the_file_and_its_line() throws IOException {
    assertThat(read("{\"n\":1}\n{\"key\":null}\n"))
        .containsExactly(
            new Submission.Sendable(1, MADE + 1, "{\"n\":1,\"key\":\"" + MADE + "1\"}"),
            new Submission.Sendable(2, MADE + 2, "{\"key\":\"" + MADE + "2\"}"));
  }

  @Test
  void reads_behind_the_mark_that_some_editors_set_first() throws IOException {
    assertThat(read("\uFEFF{\"key\":\"a\"}"))
        .containsExactly(new Submission.Sendable(1, "a", "{\"key\":\"a\"}"));
  }

  @Test
  void leaves_what_is_json_and_no_order_to_the_server() throws IOException {
    assertThat(read("[1]\n7\n{\"key\":7}"))
        .containsExactly(
            new Submission.Sendable(1, null, "[1]"),
            new Submission.Sendable(2, null, "7"),
            new Submission.Sendable(3, null, "{\"key\":7}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"n\":1e9999999999}"})
  void refuses_what_is_no_json_and_reads_on(String line) throws IOException {
    List<Submission> orders = read(line + "\n{\"key\":\"b\"}");

    assertThat(orders).hasSize(2);
    assertThat(problem(orders.getFirst()).code()).isEqualTo("malformed_json");
    assertThat(orders.getFirst().line()).isEqualTo(1);
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  @Test
  void refuses_what_is_not_utf_8_and_reads_on() throws IOException {
    List<Submission> orders = read("{\"a\":\"\u00e4\"}\n{\"key\":\"b\"}".getBytes(ISO_8859_1));

    assertThat(problem(orders.getFirst()).detail()).contains("UTF-8");
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  @Test
  void refuses_a_line_that_is_longer_than_an_order_may_be_and_reads_on() throws IOException {
    String longest = "{\"key\":\"" + "k".repeat(OrderFile.LARGEST_ORDER - 10) + "\"}";
    List<Submission> orders = read(longest + "\n " + longest + "\n{\"key\":\"b\"}");

    assertThat(orders.getFirst()).isInstanceOf(Submission.Sendable.class);
    assertThat(problem(orders.get(1)).code()).isEqualTo("content_too_large");
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  private static Problem problem(Submission order) {
    assertThat(order).isInstanceOf(Submission.Unsendable.class);
    return ((Submission.Unsendable) order).problem();
  }

  private static List<Submission> read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private static List<Submission> read(byte[] bytes) throws IOException {
    List<Submission> orders = new ArrayList<>();
    try (NdjsonOrders reader = new NdjsonOrders(new ByteArrayInputStream(bytes), DIGEST)) {
      for (Submission next = reader.next(); next != null; next = reader.next()) {
        orders.add(next);
      }
    }
    return orders;
  }
}
