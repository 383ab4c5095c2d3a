package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.UUID;
import kassa.domain.money.Money;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.RuleId;

/** A row of order_discounts, unchecked. */
record DiscountRow(UUID ruleId, int ruleVersion, String label, long amount) {

  static DiscountRow of(ResultSet row) throws SQLException {
    return new DiscountRow(
        uuid(row, "rule_id"),
        row.getInt("rule_version"),
        row.getString("label"),
        row.getLong("amount"));
  }

  Discount toDiscount(Currency currency) {
    return new Discount(new RuleId(ruleId), ruleVersion, label, new Money(amount, currency));
  }
}
