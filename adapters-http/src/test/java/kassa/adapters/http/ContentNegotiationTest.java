package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentNegotiationTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

  @AfterEach
  void nothing_was_placed() {
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /health       | text/html
          /v1/orders    | text/csv
          /v1/orders/1  | application/problem+json
          /v1/orders/export | application/json
          /v1/orders/export | text/csv;q=0, application/x-ndjson;q=0.000, text/html
          /openapi.json | application/yaml
          /docs         | application/json
          /docs/docs.js | image/*
          /version      | application/json;q=0
          """,
      delimiter = '|')
  void says_so_when_it_has_no_form_that_is_accepted(String path, String accept) {
    Answer answer = client.get(path, "Accept", accept);

    assertThat(answer.status()).isEqualTo(406);
  }

  @Test
  void places_no_order_whose_answer_would_not_be_accepted() {
    Answer answer =
        client.post(
            "/v1/orders", Bodies.GOOD, "Content-Type", "application/json", "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(406);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /health | application/json
          /health | text/html, */*;q=0.1
          /docs   | text/html
          /docs   | text/*
          """,
      delimiter = '|')
  void answers_in_the_form_it_has_if_that_is_accepted(String path, String accept) {
    assertThat(client.get(path, "Accept", accept).status()).isEqualTo(200);
  }

  @Test
  void reads_all_the_headers_in_which_something_is_accepted() {
    Answer answer = client.get("/health", "Accept", "text/html", "Accept", "application/json");

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/problem+json",
        "application/json; charset=iso-8859-1",
        "application/json; charset",
        "application/json; charset=",
        "multipart/form-data; boundary=x",
        "*/*"
      })
  void refuses_a_body_that_is_not_said_to_be_json(String contentType) {
    for (String path : new String[] {"/v1/orders", "/v1/orders/batch"}) {
      Answer answer = client.post(path, Bodies.GOOD, "Content-Type", contentType);

      assertThat(answer.status()).isEqualTo(415);
    }
  }

  @Test
  void refuses_a_body_that_is_not_said_to_be_anything() {
    assertThat(client.post("/v1/orders", Bodies.GOOD, "Accept", "*/*").status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity", "nonsense"})
  void refuses_a_body_that_is_encoded(String encoding) {
    Answer answer =
        client.post(
            "/v1/orders",
            Bodies.GOOD,
            "Content-Type",
            "application/json",
            "Content-Encoding",
            encoding);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.at("/detail")).contains("Content-Encoding");
  }
}
