package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.domain.catalogue.Product;
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

  @Test
  void an_order_with_its_trace_has_another_tag() {
    assertThat(EntityTags.ofExplained(SampleOrders.placedAfter(0).accepted(new OrderNumber(7))))
        .isEqualTo("\"1-explained\"");
  }

  @Test
  void the_tag_of_a_product_is_its_version_and_when_it_was_created() {
    Product product = SampleProducts.created(SampleProducts.plain("MUG"));
    Product recreated = Product.created(product.details(), product.createdAt().plusNanos(1000));

    assertThat(EntityTags.of(product)).isEqualTo("\"1-hjhx70dwlc\"");
    assertThat(EntityTags.of(product.replacedBy(product.details(), product.createdAt())))
        .isEqualTo("\"2-hjhx70dwlc\"");
    assertThat(EntityTags.of(recreated)).startsWith("\"1-").isNotEqualTo(EntityTags.of(product));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "3-a"            | true
          "1-a", "3-a"     | true
          "1-a" ,"3-a",    | true
          *                | true
          W/"3-a"          | false
          "3"              | false
          3-a              | false
          "33-a"           | false
          "1-a", "2-a"     | false
          ''               | false
          """,
      delimiter = '|')
  void takes_no_weak_tag_for_a_condition(String ifMatch, boolean matches) {
    assertThat(EntityTags.matchesStrongly(ifMatch, "\"3-a\"")).isEqualTo(matches);
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
