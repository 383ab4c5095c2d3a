package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.list;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A rejection as it stands in a row of orders, unchecked. */
record RejectionRow(@Nullable String code, @Nullable UUID ruleId, @Nullable String reason) {

  /** Those of an order; the array that holds the most elements says how many there are. */
  static List<RejectionRow> of(ResultSet row) throws SQLException {
    List<@Nullable String> codes = list(row, "rejected_codes", String.class);
    List<@Nullable UUID> rules = list(row, "rejected_rules", UUID.class);
    List<@Nullable String> reasons = list(row, "rejected_reasons", String.class);
    int count = Math.max(reasons.size(), Math.max(codes.size(), rules.size()));
    return IntStream.range(0, count)
        .mapToObj(i -> new RejectionRow(at(codes, i), at(rules, i), at(reasons, i)))
        .toList();
  }

  Rejection toRejection() {
    return new Rejection(
        SqlValues.code(code),
        ruleId == null ? null : RuleId.of(ruleId),
        word(SkipReason.class, requireNonNull(reason)));
  }

  private static <T> @Nullable T at(List<@Nullable T> list, int i) {
    return i < list.size() ? list.get(i) : null;
  }
}
