package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.http.OrderBodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedJsonBodyTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @AfterEach
  void assertNothingPlaced() {
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  static Stream<String> bodiesThatAreNotJson() {
    return Stream.of(
        "",
        " \r\n\t",
        "{",
        OrderBodies.VALID_ORDER.substring(0, OrderBodies.VALID_ORDER.length() - 1),
        OrderBodies.VALID_ORDER + "}",
        OrderBodies.VALID_ORDER + " x",
        OrderBodies.VALID_ORDER + OrderBodies.VALID_ORDER,
        OrderBodies.VALID_ORDER + ",",
        "{'currency': 'USD'}",
        "{currency: \"USD\"}",
        orderWith("metadata", "{\"a\": \"1\",}"),
        orderWith("lines", "[1,]"),
        orderWith("lines", "[,1]"),
        orderWith("quantity", "NaN"),
        orderWith("quantity", "Infinity"),
        orderWith("quantity", "+1"),
        orderWith("quantity", "01"),
        orderWith("quantity", ".5"),
        orderWith("quantity", "5."),
        orderWith("quantity", "0x10"),
        orderWith("quantity", "1_000"),
        orderWith("quantity", "1e"),
        orderWith("quantity", "- 1"),
        orderWith("quantity", "1".repeat(101)),
        orderWith("quantity", "0." + "1".repeat(100)),
        orderWith("quantity", "True"),
        orderWith("quantity", "undefined"),
        orderWith("sku", "\"a\nb\""),
        orderWith("sku", "\"a\u0000b\""),
        orderWith("sku", "\"\\x41\""),
        orderWith("sku", "\"\\u12\""),
        orderWith("sku", "'MUG'"),
        orderWith("sku", "\"MUG"),
        orderWith("metadata", "{\"\\ud800\": \"\"}"),
        orderWith("metadata", "{\"\\udc00\": \"\"}"),
        orderWith("metadata", "{\"\\ud800a\": \"\"}"),
        "/* a comment */" + OrderBodies.VALID_ORDER,
        OrderBodies.VALID_ORDER + "// a comment",
        "# a comment\n" + OrderBodies.VALID_ORDER,
        orderWith("metadata", "[".repeat(32) + "]".repeat(32)),
        "[".repeat(33) + "]".repeat(33),
        "[".repeat(100_000),
        "<order/>",
        "currency=USD");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"currency": "USD", "currency": "USD"} | /currency
          {"metadata": {"a": "1", "a": "1"}}     | /metadata/a
          {"metadata": {"a": "1", "\\u0061": 1}} | /metadata/a
          {"lines": [{}, {"a/b": 1, "a/b": 1}]}  | /lines/1/a~1b
          """,
      delimiter = '|')
  void names_a_key_that_occurs_twice(String body, String pointer) {
    TestResponse response = client.post("/v1/orders", body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("malformed_json");
    assertThat(response.violations()).containsExactly(pointer + " repeated");
  }

  @ParameterizedTest
  @MethodSource("bodiesThatAreNotJson")
  void rejects_malformed_json(String body) {
    assertRejected(body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C3",
        "C3 28",
        "E2 82",
        "FF",
        "FE",
        "C0 AF",
        "C1 81",
        "E0 80 AF",
        "F0 80 80 AF",
        "ED A0 80",
        "ED A0 BC ED BE 81",
        "F4 90 80 80",
        "F8 88 80 80 80"
      })
  void rejects_invalid_utf_8(String bytes) {
    String[] parts = orderWith("customerId", "\"here\"").split("here", 2);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(parts[0].getBytes(UTF_8));
    body.writeBytes(HexFormat.ofDelimiter(" ").parseHex(bytes));
    body.writeBytes(parts[1].getBytes(UTF_8));

    assertRejected(body.toByteArray());
  }

  @Test
  void rejects_json_in_another_encoding() {
    for (Charset charset : new Charset[] {UTF_16LE, UTF_16BE, Charset.forName("UTF-32BE")}) {
      assertRejected(OrderBodies.VALID_ORDER.getBytes(charset));
      assertRejected(("\uFEFF" + OrderBodies.VALID_ORDER).getBytes(charset));
    }
  }

  @Test
  void reports_the_line_of_the_syntax_error() {
    TestResponse response = client.post("/v1/orders", "{\n  \"currency\": USD\n}");

    assertThat(response.at("/detail")).contains("at line 2");
  }

  @Test
  void accepts_32_nesting_levels_and_100_digits() {
    TestResponse deep = client.post("/v1/orders", "[".repeat(32) + "]".repeat(32));
    TestResponse longNumber = client.post("/v1/orders", orderWith("quantity", "1".repeat(100)));

    assertThat(deep.violations()).containsExactly("wrong_type");
    assertThat(longNumber.violations()).containsExactly("/lines/0/quantity out_of_range");
  }

  @Test
  void accepts_at_most_a_million_tokens() {
    // 100 arrays of 9,996 numbers and two brackets each, five tokens around them, and 195 numbers.
    String arrays = ("[" + "0,".repeat(9_995) + "0],").repeat(100);
    String atLimit = "{\"orders\": [" + arrays + "0,".repeat(194) + "0]}";
    String beyondLimit = "{\"orders\": [" + arrays + "0,".repeat(195) + "0]}";

    assertThat(client.post("/v1/orders/batch", atLimit).at("/results/0/problem/code"))
        .isEqualTo("invalid_request");
    TestResponse refused = client.post("/v1/orders/batch", beyondLimit);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/code")).isEqualTo("malformed_json");
    assertThat(refused.at("/detail")).contains("1000000 tokens");
  }

  private void assertRejected(byte[] body) {
    for (String path : new String[] {"/v1/orders", "/v1/orders/batch"}) {
      TestResponse response = client.post(path, body);

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.at("/code")).isEqualTo("malformed_json");
      assertThat(response.violations()).isEmpty();
    }
  }
}
