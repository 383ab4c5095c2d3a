package kassa.domain.catalogue;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Currency;
import java.util.TreeSet;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.money.UnitPrice;
import org.junit.jupiter.api.Test;

class ProductTest {

  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00.123456Z");

  @Test
  void starts_at_version_one() {
    assertThat(Product.create(details("MUG", "10"), NOON))
        .isEqualTo(new Product(details("MUG", "10"), 1, NOON, NOON));
  }

  @Test
  void increments_its_version_and_keeps_its_creation_time() {
    Product product = Product.create(details("MUG", "10"), NOON);

    assertThat(product.replacedBy(details("MUG", "11"), NOON.plusSeconds(7)))
        .isEqualTo(new Product(details("MUG", "11"), 2, NOON, NOON.plusSeconds(7)));
  }

  @Test
  void rejects_a_change_of_its_sku() {
    Product product = Product.create(details("MUG", "10"), NOON);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> product.replacedBy(details("mug", "10"), NOON));
  }

  @Test
  void rejects_a_version_below_one_and_overflow() {
    ProductDetails details = details("MUG", "10");

    assertRejected(Reason.OUT_OF_RANGE, () -> new Product(details, 0, NOON, NOON));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(
            () -> new Product(details, Integer.MAX_VALUE, NOON, NOON).replacedBy(details, NOON));
  }

  @Test
  void exposes_its_details() {
    Product product = Product.create(details("MUG", "10"), NOON);

    assertThat(product.sku()).isEqualTo(new Sku("MUG"));
    assertThat(product.unitPrice()).isEqualTo(product.details().unitPrice());
    assertThat(product.isActive()).isTrue();
  }

  private static ProductDetails details(String sku, String price) {
    return new ProductDetails(
        new Sku(sku),
        new ProductName("Mug"),
        UnitPrice.parse(price, Currency.getInstance("USD")),
        new TreeSet<>(),
        null,
        null,
        null,
        true);
  }
}
