package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Percentage;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.pricing.CartLine;
import org.jspecify.annotations.Nullable;

/** A row of {@code order_lines}, not validated. */
record OrderLineRow(
    int position,
    String sku,
    BigDecimal quantity,
    BigDecimal unitPrice,
    @Nullable BigDecimal listPrice,
    boolean onSale,
    @Nullable BigDecimal minUnitPrice,
    @Nullable BigDecimal taxRate,
    long subtotal,
    long discountTotal,
    long taxTotal,
    long total,
    List<@Nullable String> tags,
    @Nullable String units) {

  /** The id of the order, and the columns that {@link #of} reads, of the alias {@code l}. */
  static final String COLUMNS =
      """
      l.order_id, l.position, l.sku, l.quantity, l.unit_price, l.list_price, l.on_sale,
      l.min_unit_price, l.tax_rate, l.subtotal, l.discount_total, l.tax_total, l.total, l.tags,
      l.unit_ranges\
      """;

  static OrderLineRow of(ColumnCursor row) throws SQLException {
    return new OrderLineRow(
        row.integer(),
        row.text(),
        row.decimal(),
        row.decimal(),
        row.nullableDecimal(),
        row.bool(),
        row.nullableDecimal(),
        row.nullableDecimal(),
        row.bigint(),
        row.bigint(),
        row.bigint(),
        row.bigint(),
        row.array(String.class),
        row.nullableText());
  }

  CartLine toLine(Currency currency) {
    return new CartLine(
        new Sku(sku),
        Quantity.of(quantity),
        UnitPrice.of(unitPrice, currency),
        sortedTags(),
        price(listPrice, currency),
        onSale,
        price(minUnitPrice, currency),
        taxRate == null ? null : Percentage.parse("taxRate", taxRate.toPlainString()));
  }

  private SortedSet<Tag> sortedTags() {
    SortedSet<Tag> sorted = new TreeSet<>();
    tags.forEach(tag -> sorted.add(new Tag(requireNonNull(tag))));
    return sorted;
  }

  private static @Nullable UnitPrice price(@Nullable BigDecimal price, Currency currency) {
    return price == null ? null : UnitPrice.of(price, currency);
  }
}
