package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** A rejected code or rule in a row of {@code orders}, not validated. */
record RejectionRow(@Nullable String code, @Nullable UUID ruleId, @Nullable String reason) {

  /**
   * Reads the rejections of an order from three columns; the longest of the arrays determines their
   * number.
   */
  static List<RejectionRow> of(ColumnCursor row) throws SQLException {
    List<@Nullable String> codes = row.array(String.class);
    List<@Nullable UUID> rules = row.array(UUID.class);
    List<@Nullable String> reasons = row.array(String.class);
    int count = Math.max(reasons.size(), Math.max(codes.size(), rules.size()));
    return IntStream.range(0, count)
        .mapToObj(i ->
            new RejectionRow(
                elementOrNull(codes, i), elementOrNull(rules, i), elementOrNull(reasons, i)))
        .toList();
  }

  Rejection toRejection() {
    return new Rejection(
        SqlValues.code(code),
        ruleId == null ? null : RuleId.of(ruleId),
        parseEnum(SkipReason.class, requireNonNull(reason)));
  }

  private static <T> @Nullable T elementOrNull(List<@Nullable T> list, int i) {
    return i < list.size() ? list.get(i) : null;
  }
}
