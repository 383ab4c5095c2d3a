package kassa.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                   | {"a":1}                | 0
          {"a":1}                   | {"a":2}                | 1
          {"a":1}                   | {"a":1,"b":2}          | 1
          {"a":1,"...":"..."}       | {"a":1,"b":2}          | 0
          {"a":1,"b":2}             | {"a":1}                | 1
          {"id":"ord_..."}          | {"id":"ord_01h"}       | 0
          {"id":"ord_..."}          | {"id":"usr_01h"}       | 1
          {"a":[{"b":1}]}           | {"a":[{"b":1},{"b":1}]}| 1
          {"a":null}                | {"a":"x"}              | 1
          {"a":1} {"b":2}           | {"a":1}                | 1
          {"a":1} {"b":2}           | {"a":1} {"b":2}        | 0
          {"a":1}                   | curl: (7) no server    | 1
          """)
  void finds_each_difference(String expected, String actual, int differences) {
    assertThat(ExpectedJson.differences(expected, actual)).hasSize(differences);
  }
}
