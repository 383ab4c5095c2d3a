package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A row of {@code order_discounts}, not validated. */
record OrderDiscountRow(
    UUID ruleId, int ruleVersion, String label, @Nullable String code, long amount) {

  static OrderDiscountRow of(ResultSet row) throws SQLException {
    return new OrderDiscountRow(
        uuid(row, "rule_id"),
        row.getInt("rule_version"),
        row.getString("label"),
        row.getString("code"),
        row.getLong("amount"));
  }

  Discount toDiscount(Currency currency) {
    return new Discount(
        RuleId.of(ruleId), ruleVersion, label, SqlValues.code(code), new Money(amount, currency));
  }
}
