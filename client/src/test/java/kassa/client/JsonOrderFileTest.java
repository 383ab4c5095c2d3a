package kassa.client;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a JSON array of orders, or with orders over several lines. */
class JsonOrderFileTest {

  private static final List<String> ORDERS =
      List.of("{\"key\":\"a\",\"price\":1.10}", "{\"key\":\"b\",\"lines\":[[1],{}]}");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"key\":\"a\",\"price\":1.10},{\"key\":\"b\",\"lines\":[[1],{}]}]",
        """
        [
          {
            "key": "a",\r
            "price": 1.10
          },
          {"key": "b", "lines": [[1], {}]}
        ]
        """,
        "\uFEFF \n[ {\"key\":\"a\",\"price\":1.10} , {\"key\":\"b\",\"lines\":[[1],{}]} ] \n",
        "{\n\"key\": \"a\",\n\"price\": 1.10}\n{\n\"key\": \"b\",\n\"lines\": [[1], {}]\n}",
        "{ \r\n \"key\":\"a\",\"price\":1.10}{\"key\":\"b\",\"lines\":[[1],{}]}",
        "[{\"key\":\"a\",\"price\":1.10}]\n[{\"key\":\"b\",\"lines\":[[1],{}]}]"
      })
  void reads_each_order(String text) throws IOException {
    assertThat(orders(OrderFile.open(write(text.getBytes(UTF_8)), FileFormat.NDJSON)))
        .isEqualTo(ORDERS);
    assertThat(orders(OrderFile.open(write(text.getBytes(UTF_16)), FileFormat.NDJSON)))
        .isEqualTo(ORDERS);
    assertThat(
            orders(
                OrderFile.open(new ByteArrayInputStream(text.getBytes(UTF_8)), FileFormat.NDJSON)))
        .isEqualTo(ORDERS);
  }

  @Test
  void generates_the_same_keys_whatever_the_white_space() throws IOException {
    String indented = "[\n  {\n    \"currency\": \"EUR\"\n  }\n]";

    assertThat(orders(OrderFile.open(write(indented.getBytes(UTF_8)), FileFormat.NDJSON)))
        .isEqualTo(
            orders(
                OrderFile.open(
                    write("[{\"currency\":\"EUR\"}]".getBytes(UTF_8)), FileFormat.NDJSON)))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"key":"a"},{"key":}]       | orders.json, order 2: malformed JSON at line 1, column 21
          [{"key":"a"}                 | orders.json, order 2: malformed JSON at line 1, column 13
          [oops]                       | orders.json, order 1: malformed JSON at line 1, column 2
          [{"key":"a"}]]               | orders.json, order 2: malformed JSON at line 1, column 14
          """)
  void refuses_malformed_json_as_a_whole(String text, String error) throws IOException {
    Path file = write(text.getBytes(UTF_8));

    assertThatExceptionOfType(InvalidFileException.class)
        .isThrownBy(() -> OrderFile.open(file, FileFormat.NDJSON))
        .satisfies(invalid -> assertThat(invalid.errors()).containsExactly(error));
  }

  @Test
  void refuses_an_order_that_is_too_large_or_nested_too_deeply() throws IOException {
    String large = "[{},{\"a\":[" + "1,".repeat(600_000) + "1]}]";
    String deep = "[" + "[".repeat(200) + "]".repeat(200) + "]";

    assertThat(errors(large)).containsExactly("orders.json, order 2: has more than 1048576 bytes");
    assertThat(errors(deep)).singleElement().asString().contains("nested too deeply");
    assertThat(errors("[\"" + "x".repeat(1_100_000) + "\"]"))
        .singleElement()
        .asString()
        .contains("order 1: has a text that is too long");
  }

  private List<String> errors(String text) throws IOException {
    Path file = write(text.getBytes(UTF_8));
    try {
      OrderFile.open(file, FileFormat.NDJSON).close();
      return List.of();
    } catch (InvalidFileException invalid) {
      return invalid.errors();
    }
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("orders.json"), content);
  }

  private static List<String> orders(OrderFile opened) throws IOException {
    List<String> orders = new ArrayList<>();
    try (OrderFile file = opened;
        FileOrderReader reader = file.openReader()) {
      for (FileOrder order = reader.next(); order != null; order = reader.next()) {
        orders.add(order instanceof FileOrder.Valid valid ? valid.json() : "invalid");
      }
      assertThat(file.orderCount()).isEqualTo(orders.size());
    }
    return orders;
  }
}
