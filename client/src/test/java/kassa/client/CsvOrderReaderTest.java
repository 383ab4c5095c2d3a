package kassa.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOrderReaderTest {

  private static final String HEADER = "order,currency,sku,quantity,unitPrice\n";

  @TempDir private Path folder;

  @Test
  void adjacent_rows_with_one_order_name_form_one_order() throws IOException {
    assertThat(read(HEADER + "A,USD,MUG,2,7.50\nA,,CUP,1,3.99\n\nB,EUR,MUG,1,8.00\n"))
        .containsExactly(
            new FileOrder.Valid(
                2,
                "A",
                "{\"key\":\"A\",\"currency\":\"USD\",\"lines\":["
                    + "{\"sku\":\"MUG\",\"quantity\":\"2\",\"unitPrice\":\"7.50\"},"
                    + "{\"sku\":\"CUP\",\"quantity\":\"1\",\"unitPrice\":\"3.99\"}]}"),
            new FileOrder.Valid(
                5,
                "B",
                "{\"key\":\"B\",\"currency\":\"EUR\",\"lines\":["
                    + "{\"sku\":\"MUG\",\"quantity\":\"1\",\"unitPrice\":\"8.00\"}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF\"order\",\"currency\",\"sku\",\"quantity\"\r\n\"A\",\"USD\",\"M\",\"1\"\r\n",
        "order,currency,sku,quantity,\nA,USD,M,1,\n",
        "order,currency,sku,quantity,\nA,USD,M,1\n",
        "order,currency,sku,quantity\nA,USD,M,1\n,,,\n",
        "order,currency,sku,quantity\r\nA,USD,M,1\r\n,,,,,,\r\n\r\n",
        "order;currency;sku;quantity\nA;USD;M;1\n",
        "\uFEFF\"order\";\"currency\";\"sku\";\"quantity\"\nA;USD;\"M\";1\n;;;\n",
        "order\tcurrency\tsku\tquantity\nA\tUSD\tM\t1\n"
      })
  void reads_what_spreadsheets_write(String file) throws IOException {
    assertThat(read(file))
        .containsExactly(
            new FileOrder.Valid(
                2,
                "A",
                "{\"key\":\"A\",\"currency\":\"USD\",\"lines\":[{\"sku\":\"M\",\"quantity\":\"1\"}]}"));
  }

  @Test
  void every_column_sets_its_json_field() throws IOException {
    assertThat(
            read(
                """
                quantity,sku,unitPrice,tags,listPrice,onSale,minUnitPrice,taxRate,order,currency,\
                customerId,customerGroup,customerOrderCount,placedAt,channel,codes,shippingAmount,\
                shippingMethod,shippingTaxRate,pricesIncludeTax,expectedTotal,onInvalidCode,metadata.till,\
                metadata.a/b~c
                1,MUG,9,big | red,10,true,8,19,A,USD,c-1,gold,4,2019-03-01T09:30:00Z,web,X|Y,5.00,ground,7,false,14,drop,7,"x,""y"" "
                """))
        .singleElement()
        .extracting(order -> ((FileOrder.Valid) order).json())
        .isEqualTo(
            """
            {"key":"A","currency":"USD","customerId":"c-1",\
            "customer":{"group":"gold","orderCount":4},"placedAt":"2019-03-01T09:30:00Z","channel":"web","codes":["X","Y"],\
            "shipping":{"amount":"5.00","method":"ground","taxRate":"7"},"pricesIncludeTax":false,\
            "expectedTotal":"14","onInvalidCode":"drop",\
            "metadata":{"till":"7","a/b~c":"x,\\"y\\""},"lines":[{"quantity":"1","sku":"MUG",\
            "unitPrice":"9","tags":["big","red"],"listPrice":"10","onSale":true,\
            "minUnitPrice":"8","taxRate":"19"}]}\
            """);
  }

  @Test
  void unparsable_cells_are_sent_as_text_for_the_server_to_reject() throws IOException {
    assertThat(read("order,currency,sku,quantity,onSale,customerOrderCount\nA,USD,M,x,yes,-1\n"))
        .singleElement()
        .extracting(order -> ((FileOrder.Valid) order).json())
        .asString()
        .contains("\"onSale\":\"yes\"", "\"orderCount\":\"-1\"", "\"quantity\":\"x\"");
  }

  @Test
  void line_numbers_include_line_breaks_within_cells() throws IOException {
    assertThat(read(HEADER + "A,USD,\"M\nU\nG\",1,1\r\nB,USD,M,1,1"))
        .extracting(FileOrder::line)
        .containsExactly(2, 5);
  }

  @Test
  void order_with_conflicting_rows_is_rejected_alone() throws IOException {
    List<FileOrder> orders = read(HEADER + "A,USD,M,1,1\nA,EUR,M,1,1\nB,USD,M,1,1\n");

    assertThat(orders.getFirst())
        .isEqualTo(
            new FileOrder.Invalid(
                2,
                "A",
                ProblemDetail.of(
                    "contradicting_rows", "Lines 3 and 2 have different values of currency.")));
    assertThat(orders.getLast()).isInstanceOf(FileOrder.Valid.class);
  }

  @Test
  void too_large_order_is_rejected_alone() throws IOException {
    String rows =
        IntStream.range(0, 12)
            .mapToObj(i -> "A,USD," + "M".repeat(100_000) + ",1,1\n")
            .collect(Collectors.joining());
    List<FileOrder> orders = read(HEADER + rows + "B,USD,M,1,1\n");

    assertThat(((FileOrder.Invalid) orders.getFirst()).problem().code())
        .isEqualTo("content_too_large");
    assertThat(orders.getLast().key()).isEqualTo("B");
  }

  @Test
  void file_with_unknown_columns_is_rejected_with_all_errors() {
    assertRejected(
        "order,currency,sku,sku,prize\nA,USD,M,M,1\n",
        "line 1: duplicate column sku",
        "line 1: unknown column 'prize'; the columns are",
        "line 1: missing column quantity");
    assertRejected("", "line 1: must name the columns");
  }

  @Test
  void messages_escape_and_shorten_the_names_of_the_file() {
    assertRejected(
        HEADER.replace("\n", ",\u001b[31mred\u009b\u202e\n"),
        "line 1: unknown column '\\u001b[31mred\\u009b\\u202e'; the columns are");
    assertRejected(
        HEADER.replace("\n", "," + "x".repeat(100_000) + "\n"),
        "line 1: unknown column '" + "x".repeat(60) + "...'; the columns are");
    assertRejected(
        HEADER + "A\u001b,USD,M,1,1\nB,USD,M,1,1\nA\u001b,USD,M,1,1\n",
        "line 4: rows of order 'A\\u001b' must be adjacent");
    assertRejected(
        HEADER + "A,USD,\"M\"\u007f,1,1\n",
        "line 2: Unexpected character after closing quote: '\\u007f'");
  }

  @Test
  void accepts_names_of_columns_in_another_case() throws IOException {
    assertThat(read("Order,CURRENCY,SKU,Quantity,UnitPrice,Metadata.Till\nA,USD,M,1,2,T\n"))
        .containsExactlyElementsOf(
            read("order,currency,sku,quantity,unitPrice,metadata.Till\nA,USD,M,1,2,T\n"));
    assertRejected(HEADER.replace("\n", ",SKU\n"), "line 1: duplicate column sku");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void names_the_encoding_to_use_instead(String encoding) throws IOException {
    for (String mark : List.of("", encoding.startsWith("UTF-32") ? "\uFEFF" : "")) {
      Path file = folder.resolve("orders.csv");
      Files.write(file, (mark + HEADER + "A,USD,M,1,1\n").getBytes(Charset.forName(encoding)));

      for (FileFormat format : FileFormat.values()) {
        assertThatThrownBy(() -> OrderFile.open(file, format))
            .isInstanceOf(InvalidFileException.class)
            .hasMessage("orders.csv, line 1: is not UTF-8; save the file as UTF-8");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001a", "\u001a\r\n", "\u001a\n\n"})
  void skips_ctrl_z_at_the_end_and_doubled_byte_order_marks(String end) throws IOException {
    String rows = HEADER + "A,USD,M,1,1\n";
    List<FileOrder> plain = read(rows);

    assertThat(read(rows + end)).isEqualTo(plain);
    assertThat(read("\uFEFF\uFEFF" + rows)).isEqualTo(plain);
    assertThat(read("\uFEFF\uFEFF\uFEFF" + rows + end)).isEqualTo(plain);
    Path file = folder.resolve("utf16.csv");
    Files.write(file, ("\uFEFF" + rows + end).getBytes(StandardCharsets.UTF_16));
    try (OrderFile utf16 = OrderFile.open(file, FileFormat.CSV)) {
      assertThat(utf16.orderCount()).isEqualTo(1);
    }
  }

  @Test
  void file_with_wrong_number_of_cells_is_rejected() {
    assertRejected(
        HEADER + "A,USD,M,1,1\nB,USD,M,1\n\nC,USD,M,1,1,1\n,USD,M,1,1\n",
        "line 3: has 4 cells instead of 5",
        "line 5: has 6 cells instead of 5",
        "line 6: must have a value in the column order");
  }

  @Test
  void file_with_separated_rows_of_one_order_is_rejected() {
    assertRejected(
        HEADER + "A,USD,M,1,1\nB,USD,M,1,1\nA,USD,M,1,1\n",
        "line 4: rows of order 'A' must be adjacent");
  }

  @Test
  void file_with_invalid_quotes_is_rejected() {
    assertRejected(
        HEADER + "A,USD,\"M\"x,1,1\n",
        "line 2: Unexpected character after closing quote: 'x' (0x78)");
    assertRejected(
        HEADER + "A,USD,M,1,1\nB,USD,\"M,1,1\n", "line 3: Unclosed quoted field at end of input");
  }

  @Test
  void reads_quoted_cells_with_white_space_around_them() throws IOException {
    assertThat(read(HEADER + "A, \"USD\" ,\t\"M,N\",1, 1\u00a0\n"))
        .singleElement()
        .extracting(order -> ((FileOrder.Valid) order).json())
        .asString()
        .contains("\"currency\":\"USD\"", "\"sku\":\"M,N\"", "\"unitPrice\":\"1\u00a0\"");
  }

  @Test
  void row_over_many_lines_is_rejected_if_it_is_too_long() {
    String line = "M".repeat(100_000) + "\n";

    assertRejected(
        HEADER + "A,USD,M,1,1\nB,USD,\"" + line.repeat(11) + "\",1,1\n",
        "line 3: The maximum buffer size of 1048576 is insufficient");
    assertRejected(
        HEADER + "A,USD,M,1,1\nB,\"" + line.repeat(8) + "\",\"" + line.repeat(8) + "\",1,1\n",
        "line 3: has more than 1048576 characters");
  }

  @Test
  void file_that_is_not_utf_8_is_rejected() throws IOException {
    Path file = folder.resolve("orders.csv");
    Files.write(file, (HEADER + "A,USD,M\u00e4,1,1\n").getBytes(ISO_8859_1));

    assertThatThrownBy(() -> OrderFile.open(file, FileFormat.CSV))
        .hasMessage("orders.csv, line 2: is not UTF-8; save the file as UTF-8");
  }

  @Test
  void reports_at_most_the_maximum_number_of_errors() {
    Path file = write(HEADER + "A,USD\n".repeat(1_000));

    assertThatThrownBy(() -> OrderFile.open(file, FileFormat.CSV))
        .isInstanceOfSatisfying(
            InvalidFileException.class, rejected -> assertThat(rejected.errors()).hasSize(10));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#TYPE System.Management.Automation.PSCustomObject\r\n",
        "\uFEFF#TYPE Selected.Object\r\n",
        "sep=,\n",
        "\n \r\n",
        "\uFEFFsep=,\r\n\n",
        "\uFEFF\n",
        "SEP=;\n",
        ",,,\n"
      })
  void skips_what_programs_write_before_the_names_of_the_columns(String preamble)
      throws IOException {
    int skipped = (int) preamble.chars().filter(character -> character == '\n').count();

    for (String separator : List.of(",", ";", "\t", "|")) {
      assertThat(read((preamble + HEADER + "A1,USD,M,1,1\n").replace(",", separator)))
          .singleElement()
          .satisfies(order -> {
            assertThat(order.line()).isEqualTo(skipped + 2);
            assertThat(order.key()).isEqualTo("A1");
          });
    }
    assertRejected(
        preamble + HEADER.replace("sku", "wrong"),
        "line " + (skipped + 1) + ": unknown column",
        "line " + (skipped + 1) + ": missing column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "sep=;\n", "#TYPE Object", " "})
  void file_without_names_of_columns_is_rejected(String file) {
    assertRejected(file, "line 1: must name the columns");
  }

  @Test
  void counts_orders_of_large_files() throws IOException {
    String rows =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "A%s,USD,M,1,1\nA%s,USD,N,1,1\n".formatted(i, i))
            .collect(Collectors.joining());
    try (OrderFile file = OrderFile.open(write(HEADER + rows), FileFormat.CSV)) {
      assertThat(file.orderCount()).isEqualTo(5_000);
    }
  }

  private void assertRejected(String text, String... errors) {
    Path file = write(text);
    assertThatThrownBy(() -> OrderFile.open(file, FileFormat.CSV))
        .isInstanceOfSatisfying(
            InvalidFileException.class,
            rejected -> {
              assertThat(rejected.errors()).hasSize(errors.length);
              for (String expected : errors) {
                assertThat(rejected.errors())
                    .anySatisfy(error -> assertThat(error).startsWith("orders.csv, " + expected));
              }
            });
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("orders.csv"), text, StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private List<FileOrder> read(String text) throws IOException {
    List<FileOrder> orders = new ArrayList<>();
    try (OrderFile file = OrderFile.open(write(text), FileFormat.CSV);
        FileOrderReader reader = file.openReader()) {
      for (FileOrder next = reader.next(); next != null; next = reader.next()) {
        orders.add(next);
      }
      assertThat(file.orderCount()).isEqualTo(orders.size());
    }
    return orders;
  }
}
