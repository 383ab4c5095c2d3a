package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/json                           | true
          APPLICATION/JSON                           | true
          application/json;charset=utf-8             | true
          application/json ; charset="UTF-8"         | true
          application/json;                          | true
          application/json ; ;                       | true
          application/json; charset=utf-8;           | true
          application/json;; charset=utf-8           | true
          application/json; charset="utf-8           | false
          application/json; charset=utf-8 charset=x  | false
          application/json; charset=iso-8859-1       | false
          application/json; charset                  | false
          application/json; profile=x                | false
          application/jsonp                          | false
          application/problem+json                   | false
          application/x-www-form-urlencoded          | false
          text/json                                  | false
          application/json, text/plain               | false
          json                                       | false
          ''                                         | false
          """,
      delimiter = '|')
  void recognizes_json_content_type(String contentType, boolean isJson) {
    assertThat(MediaTypes.isJson(contentType)).isEqualTo(isJson);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/x-ndjson                       | true
          Application/X-NDJSON; charset=UTF-8        | true
          application/x-ndjson; charset=iso-8859-1   | false
          application/ndjson                         | false
          application/json                           | false
          ''                                         | false
          """,
      delimiter = '|')
  void recognizes_ndjson_content_type(String contentType, boolean isNdjson) {
    assertThat(MediaTypes.isNdjson(contentType)).isEqualTo(isNdjson);
    assertThat(MediaTypes.isNdjson(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          identity            | true
          Identity            | true
          ' identity, identity ' | true
          ''                  | true
          gzip                | false
          identity, gzip      | false
          """,
      delimiter = '|')
  void recognizes_bodies_without_content_encoding(String contentEncoding, boolean isIdentity) {
    assertThat(MediaTypes.isIdentity(contentEncoding)).isEqualTo(isIdentity);
    assertThat(MediaTypes.isIdentity(null)).isTrue();
  }

  @Test
  void missing_content_type_is_not_json() {
    assertThat(MediaTypes.isJson(null)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          application/json                               | true
          Application/Json                               | true
          */*                                            | true
          application/*                                  | true
          text/html, application/json                    | true
          text/html;q=1.0 , */*;q=0.1                    | true
          application/json;q=0.001                       | true
          application/json;charset=utf-8                 | true
          text/html                                      | false
          text/*                                         | false
          application/problem+json                       | false
          application/json;q=0                           | false
          application/json;q=0.000                       | false
          application/json; charset=utf-8; Q=0           | false
          application/json;q=0, */*                      | false
          application/*;q=0, */*                         | false
          application/json, */*;q=0                      | true
          application/json, application/*;q=0            | true
          nonsense                                       | false
          ','                                            | false
          """,
      delimiter = '|')
  void most_specific_accept_range_wins(String accept, boolean accepted) {
    assertThat(MediaTypes.accepts(accept, "application/json")).isEqualTo(accepted);
  }

  @Test
  void missing_accept_header_accepts_everything() {
    assertThat(MediaTypes.accepts(null, "application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void empty_accept_header_accepts_everything(String accept) {
    assertThat(MediaTypes.accepts(accept, "application/json")).isTrue();
  }
}
