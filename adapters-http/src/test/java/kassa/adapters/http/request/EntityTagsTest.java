package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.domain.catalogue.Product;
import kassa.domain.order.OrderNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {

  @Test
  void etag_of_an_order_is_its_version() {
    assertThat(EntityTags.of(SampleOrders.placedAfterSeconds(0).toOrder(new OrderNumber(7))))
        .isEqualTo("\"1\"");
  }

  @Test
  void order_with_pricing_trace_has_another_etag() {
    assertThat(
            EntityTags.ofExplained(SampleOrders.placedAfterSeconds(0).toOrder(new OrderNumber(7))))
        .isEqualTo("\"1-explained\"");
  }

  @Test
  void etag_of_a_product_is_its_version_and_creation_time() {
    Product product = SampleProducts.created(SampleProducts.plain("MUG"));
    Product recreated = Product.create(product.details(), product.createdAt().plusNanos(1000));

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
          "1,*,2"          | false
          "1-a", *         | false
          ''               | false
          """,
      delimiter = '|')
  void if_match_uses_strong_comparison(String ifMatch, boolean matches) {
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
          "1,*,2"        | false
          ''             | false
          """,
      delimiter = '|')
  void if_none_match_uses_weak_comparison(String ifNoneMatch, boolean matches) {
    assertThat(EntityTags.matches(ifNoneMatch, "\"3\"")).isEqualTo(matches);
  }

  @Test
  void missing_if_none_match_matches_nothing() {
    assertThat(EntityTags.matches(null, "\"3\"")).isFalse();
  }
}
