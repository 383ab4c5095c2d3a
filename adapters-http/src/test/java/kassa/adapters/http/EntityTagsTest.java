package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.contract.SampleOrders;
import kassa.domain.order.OrderNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {

  @Test
  void the_tag_of_an_order_is_its_version() {
    assertThat(EntityTags.of(SampleOrders.placedAfter(0).accepted(new OrderNumber(7))))
        .isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "3"            | true
          W/"3"          | true
          "1", "3"       | true
          "1" ,W/"3",    | true
          *              | true
          "33"           | false
          3              | false
          w/"3"          | false
          "1", "2"       | false
          ''             | false
          """,
      delimiter = '|')
  void knows_whether_a_list_names_a_tag(String ifNoneMatch, boolean matches) {
    assertThat(EntityTags.matches(ifNoneMatch, "\"3\"")).isEqualTo(matches);
  }

  @Test
  void no_list_names_no_tag() {
    assertThat(EntityTags.matches(null, "\"3\"")).isFalse();
  }
}
