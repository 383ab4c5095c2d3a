package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A row of order_rejections, unchecked. */
record RejectionRow(int position, @Nullable String code, @Nullable UUID ruleId, String reason) {

  /** From a row whose reason stands under the name of labels. */
  static RejectionRow of(ResultSet row) throws SQLException {
    return new RejectionRow(
        row.getInt("place"),
        row.getString("code"),
        row.getObject("rule_id", UUID.class),
        row.getString("label"));
  }

  Rejection toRejection() {
    return new Rejection(
        SqlValues.code(code),
        ruleId == null ? null : RuleId.of(ruleId),
        word(SkipReason.class, reason));
  }
}
