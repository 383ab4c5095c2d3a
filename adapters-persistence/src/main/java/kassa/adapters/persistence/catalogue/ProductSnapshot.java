package kassa.adapters.persistence.catalogue;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.decimal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.sql.TabFields;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/** The data of the events of products: all fields of the product, then its tags. */
public final class ProductSnapshot {

  private static final int FIRST_TAG = 8;

  private ProductSnapshot() {}

  static NewEvent toEvent(EventType type, Product product, @Nullable String actor) {
    return new NewEvent(
        type,
        null,
        product.sku().value(),
        product.version(),
        actor,
        product.updatedAt(),
        format(product));
  }

  /** The event of a deletion, which has no data and the version after the last one. */
  static NewEvent toDeletion(Product product, @Nullable String actor, Instant at) {
    return new NewEvent(
        EventType.PRODUCT_DELETED,
        null,
        product.sku().value(),
        product.version() + 1,
        actor,
        at,
        null);
  }

  private static String format(Product product) {
    ProductDetails details = product.details();
    StringBuilder text =
        new StringBuilder(
            TabFields.format(
                details.name().value(),
                details.unitPrice().currency().getCurrencyCode(),
                plain(decimal(details.unitPrice())),
                plain(decimal(details.listPrice())),
                plain(decimal(details.minUnitPrice())),
                plain(decimal(details.taxRate())),
                details.isActive(),
                product.createdAt()));
    for (Tag tag : details.tags()) {
      TabFields.append(text.append('\t'), tag.value());
    }
    return text.toString();
  }

  private static @Nullable String plain(@Nullable BigDecimal number) {
    return number == null ? null : number.toPlainString();
  }

  /**
   * Parses the data of an event.
   *
   * @throws RuntimeException if it is damaged
   */
  public static Product parse(Sku sku, int version, Instant updatedAt, String data) {
    List<@Nullable String> fields = TabFields.parse(data);
    ProductAssembler product =
        new ProductAssembler(
            new ProductRow(
                sku.value(),
                required(fields, 0),
                required(fields, 1),
                new BigDecimal(required(fields, 2)),
                number(fields.get(3)),
                number(fields.get(4)),
                number(fields.get(5)),
                Boolean.parseBoolean(required(fields, 6)),
                version,
                Instant.parse(required(fields, 7)),
                updatedAt));
    for (int i = FIRST_TAG; i < fields.size(); i++) {
      product.addTag(required(fields, i));
    }
    return product.toProduct();
  }

  private static String required(List<@Nullable String> fields, int index) {
    return requireNonNull(fields.get(index), "a field is null");
  }

  private static @Nullable BigDecimal number(@Nullable String field) {
    return field == null ? null : new BigDecimal(field);
  }
}
