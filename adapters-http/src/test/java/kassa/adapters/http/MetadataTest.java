package kassa.adapters.http;

import static java.util.stream.Collectors.joining;
import static kassa.adapters.http.Bodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

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
  void refuses_an_entry_that_is_no_text(String metadata, String flaw) {
    Answer answer = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly(flaw);
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
  void refuses_an_entry_that_cannot_be_kept(String metadata, String flaw) {
    Answer answer = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void tells_of_each_entry_what_is_wrong_with_it() {
    String metadata =
        """
        {"a": 1, "good": "1", "b": "\\u0000", "c": "%s", "%s": "d"}\
        """
            .formatted("x".repeat(501), "y".repeat(65));

    Answer answer = client.post("/v1/orders", orderWith("metadata", metadata));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws())
        .containsExactly(
            "/metadata/a wrong_type",
            "/metadata/b malformed",
            "/metadata/c too_long",
            "/metadata/" + "y".repeat(65) + " too_long");
  }

  @Test
  void keeps_fifty_entries_and_refuses_one_more() {
    assertThat(client.place(orderWith("metadata", entries(50))).json().get("metadata")).hasSize(50);

    Answer answer = client.post("/v1/orders", orderWith("metadata", entries(51)));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly("/metadata too_many");
  }

  @Test
  void keeps_entries_as_long_as_they_may_be() {
    String metadata = "{\"" + "ä".repeat(64) + "\": \"" + "ö".repeat(500) + "\"}";

    Answer placed = client.place(orderWith("metadata", metadata));

    assertThat(placed.json().get("metadata")).isEqualTo(Json.read(metadata));
  }

  private static String entries(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"key-" + i + "\": \"value\"")
        .collect(joining(",", "{", "}"));
  }
}
