package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.arrayColumn;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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

  static OrderLineRow of(ResultSet row) throws SQLException {
    return new OrderLineRow(
        row.getInt("line_position"),
        row.getString("sku"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("unit_price"),
        row.getBigDecimal("list_price"),
        row.getBoolean("on_sale"),
        row.getBigDecimal("min_unit_price"),
        row.getBigDecimal("tax_rate"),
        row.getLong("subtotal"),
        row.getLong("discount_total"),
        row.getLong("tax_total"),
        row.getLong("total"),
        arrayColumn(row, "tags", String.class),
        row.getString("unit_ranges"));
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
