package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {

  private final JsonCodec json = new JsonCodec();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"b":2}        | { "b" : 2 , "a" : 1 }
          {"a":{"x":[],"y":{}}} | {"a":{"y":{},"x":[ ]}}
          [1,1.0,10,0]         | [1.0,1e0,1E+1,-0.0]
          1e-2                 | 0.010
          -1200                | -1.2e3
          0e2147483647         | 0.000
          10e2147483647        | 1000e2147483645
          "\\u00e9\\/\\n"      | "é/\\u000A"
          true                 | ` true `
          """)
  void equal_json_has_one_form(String one, String other) {
    assertThat(canonical(one)).isEqualTo(canonical(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1                    | "1"
          "1.0"                | "1.00"
          [1,2]                | [2,1]
          [1,2]                | [12]
          {"a":null}           | {}
          {"a":[]}             | {"a":{}}
          {"a":"b,"}           | {"a":"b"}
          "\\""                | "\\\\"
          "\\ud800"            | "?"
          "\\ud800"            | "\\\\ud800"
          null                 | "null"
          0.1                  | 0.1000000000000000055511151231257827
          """)
  void different_json_has_different_forms(String one, String other) {
    assertThat(canonical(one)).isNotEqualTo(canonical(other));
  }

  private String canonical(String text) {
    return new String(CanonicalJson.write(json.read(text.getBytes(UTF_8))), UTF_8);
  }
}
