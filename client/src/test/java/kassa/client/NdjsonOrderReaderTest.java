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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonOrderReaderTest {

  private static final String DIGEST = "0123456789abcdef0123456789abcdef01234567";
  private static final String GENERATED_KEY_PREFIX = "0123456789abcdef0123456789abcdef-";

  @Test
  void reads_one_order_per_line_and_skips_blank_lines() throws IOException {
    assertThat(read("{\"key\":\"a\",\"n\":1.50}\r\n \t\n\n{\"key\":\"b\"}"))
        .containsExactly(
            new FileOrder.Valid(1, "a", "{\"key\":\"a\",\"n\":1.50}"),
            new FileOrder.Valid(4, "b", "{\"key\":\"b\"}"));
  }

  @Test
  void generates_missing_key_from_file_digest_and_line_number() throws IOException {
    assertThat(read("{\"n\":1}\n{\"key\":null}\n"))
        .containsExactly(
            new FileOrder.Valid(
                1, GENERATED_KEY_PREFIX + 1, "{\"n\":1,\"key\":\"" + GENERATED_KEY_PREFIX + "1\"}"),
            new FileOrder.Valid(
                2, GENERATED_KEY_PREFIX + 2, "{\"key\":\"" + GENERATED_KEY_PREFIX + "2\"}"));
  }

  @Test
  void skips_byte_order_mark() throws IOException {
    assertThat(read("\uFEFF{\"key\":\"a\"}"))
        .containsExactly(new FileOrder.Valid(1, "a", "{\"key\":\"a\"}"));
  }

  @Test
  void passes_json_that_is_no_order_to_the_server() throws IOException {
    assertThat(read("[1]\n7\n{\"key\":7}"))
        .containsExactly(
            new FileOrder.Valid(1, null, "[1]"),
            new FileOrder.Valid(2, null, "7"),
            new FileOrder.Valid(3, null, "{\"key\":7}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"n\":1e9999999999}"})
  void rejects_invalid_json_and_continues(String line) throws IOException {
    List<FileOrder> orders = read(line + "\n{\"key\":\"b\"}");

    assertThat(orders).hasSize(2);
    assertThat(problem(orders.getFirst()).code()).isEqualTo("malformed_json");
    assertThat(orders.getFirst().line()).isEqualTo(1);
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"key":x}        | Malformed JSON at column 8.
          {"key":"a"},     | Malformed JSON at column 12.
          {} {}            | Malformed JSON: a line must contain one order and end with a line feed.
          {"a":1,"a":2}    | Malformed JSON: Duplicate Object property "a".
          """,
      delimiter = '|')
  void says_what_is_malformed_in_words_of_the_file(String line, String detail) throws IOException {
    assertThat(problem(read(line).getFirst()).detail()).isEqualTo(detail);
    assertThat(problem(read("\u001e{}").getFirst()).detail())
        .isEqualTo("Malformed JSON at column 1.");
  }

  @Test
  void rejects_invalid_utf_8_and_continues() throws IOException {
    List<FileOrder> orders = read("{\"a\":\"\u00e4\"}\n{\"key\":\"b\"}".getBytes(ISO_8859_1));

    assertThat(problem(orders.getFirst()).detail()).contains("UTF-8");
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  @Test
  void rejects_too_long_line_and_continues() throws IOException {
    String maxLine = "{\"key\":\"" + "k".repeat(OrderFile.MAX_ORDER_BYTES - 10) + "\"}";
    List<FileOrder> orders = read(maxLine + "\n " + maxLine + "\n{\"key\":\"b\"}");

    assertThat(orders.getFirst()).isInstanceOf(FileOrder.Valid.class);
    assertThat(problem(orders.get(1)).code()).isEqualTo("content_too_large");
    assertThat(orders.getLast().key()).isEqualTo("b");
  }

  private static ProblemDetail problem(FileOrder order) {
    assertThat(order).isInstanceOf(FileOrder.Invalid.class);
    return ((FileOrder.Invalid) order).problem();
  }

  private static List<FileOrder> read(String text) throws IOException {
    return read(text.getBytes(UTF_8));
  }

  private static List<FileOrder> read(byte[] bytes) throws IOException {
    List<FileOrder> orders = new ArrayList<>();
    try (NdjsonOrderReader reader =
        new NdjsonOrderReader(new ByteArrayInputStream(bytes), DIGEST)) {
      for (FileOrder next = reader.next(); next != null; next = reader.next()) {
        orders.add(next);
      }
    }
    return orders;
  }
}
