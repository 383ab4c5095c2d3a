package kassa.adapters.persistence.order;

import java.sql.SQLException;
import java.util.Currency;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A row of {@code order_discounts}, not validated. */
record OrderDiscountRow(
    int linePosition,
    int position,
    UUID ruleId,
    int ruleVersion,
    String label,
    @Nullable String code,
    long amount) {

  /** The id of the order, and the columns that {@link #of} reads, of the alias {@code d}. */
  static final String COLUMNS =
      """
      d.order_id, d.line_position, d.position, d.rule_id, d.rule_version, d.label, d.code, d.amount\
      """;

  static OrderDiscountRow of(ColumnCursor row) throws SQLException {
    return new OrderDiscountRow(
        row.integer(),
        row.integer(),
        row.uuid(),
        row.integer(),
        row.text(),
        row.nullableText(),
        row.bigint());
  }

  Discount toDiscount(Currency currency) {
    return new Discount(
        RuleId.of(ruleId), ruleVersion, label, SqlValues.code(code), new Money(amount, currency));
  }
}
