package kassa.adapters.http.order;

import static java.util.stream.Collectors.joining;
import static kassa.adapters.http.OrderBodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderMetadataEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"till": 7}          | /metadata/till wrong_type
          {"till": null}       | /metadata/till wrong_type
          {"till": ["7"]}      | /metadata/till wrong_type
          {"till": {"a": "7"}} | /metadata/till wrong_type
          {"a/b~c": true}      | /metadata/a~1b~0c wrong_type
          """,
      delimiter = '|')
  void rejects_non_string_metadata(String metadata, String violation) {
    TestResponse response = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"": "a"}            | /metadata/ empty
          {" a": "a"}          | /metadata/ a malformed
          {"a\\tb": "a"}       | /metadata/a\tb malformed
          {"a": "\\u0000"}     | /metadata/a malformed
          {"a": "\\ud800"}     | /metadata/a malformed
          """,
      delimiter = '|')
  void rejects_invalid_metadata_keys_and_values(String metadata, String violation) {
    TestResponse response = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void reports_violations_of_each_entry() {
    String metadata =
        """
        {"a": 1, "good": "1", "b": "\\u0000", "c": "%s", "%s": "d"}\
        """
            .formatted("x".repeat(501), "y".repeat(65));

    TestResponse response = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .containsExactly(
            "/metadata/a wrong_type",
            "/metadata/b malformed",
            "/metadata/c too_long",
            "/metadata/" + "y".repeat(65) + " too_long");
  }

  @Test
  void accepts_at_most_fifty_entries() {
    assertThat(client.place(orderWith("metadata", entries(50))).json().get("metadata")).hasSize(50);

    TestResponse response = client.post("/v1/orders", orderWith("metadata", entries(51)));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/metadata too_many");
  }

  @Test
  void stores_entries_of_maximum_length() {
    String metadata = "{\"" + "ä".repeat(64) + "\": \"" + "ö".repeat(500) + "\"}";

    TestResponse placed = client.place(orderWith("metadata", metadata));

    assertThat(placed.json().get("metadata")).isEqualTo(TestJson.read(metadata));
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"key-" + i + "\": \"value\"")
        .collect(joining(",", "{", "}"));
  }
}
