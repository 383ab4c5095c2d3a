package kassa.adapters.persistence.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableLong;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads any number of codes with one statement. */
public final class CodeQueries {

  public static final String BY_KEYS =
      codes("where normalized_code = any(cast(:keys as varchar array))");

  public static final String ALL = codes(page());

  public static final String ALL_AFTER = codes("where normalized_code_utf8 > :after\n" + page());

  public static final String BY_RULE = codes("where rule_id = :rule\n" + page());

  public static final String BY_RULE_AFTER =
      codes("where rule_id = :rule and normalized_code_utf8 > :after\n" + page());

  public static final String COUNT_REDEMPTIONS =
      "select count(*) from redemptions where normalized_code = :key and not released";

  private CodeQueries() {}

  static Map<String, StoredCode> find(Handle handle, Collection<Code> codes) {
    Map<String, StoredCode> found = new HashMap<>();
    Query query =
        handle.createQuery(BY_KEYS).bind("keys", textArray(codes.stream().map(Code::key).toList()));
    read(query).forEach(code -> found.put(code.code().key(), code));
    return found;
  }

  static List<StoredCode> list(
      Handle handle, @Nullable String after, @Nullable RuleId rule, int limit) {
    String sql = rule == null ? ALL : BY_RULE;
    if (after != null) {
      sql = rule == null ? ALL_AFTER : BY_RULE_AFTER;
    }
    Query query = handle.createQuery(sql).bind("limit", limit);
    if (after != null) {
      query.bind("after", after.getBytes(UTF_8));
    }
    if (rule != null) {
      query.bind("rule", rule.toUuid());
    }
    return read(query);
  }

  static long countRedemptions(Handle handle, Code code) {
    return handle.createQuery(COUNT_REDEMPTIONS).bind("key", code.key()).mapTo(Long.class).one();
  }

  private static String codes(String clauses) {
    return "select code, rule_id, max_uses, created_at from codes\n" + clauses;
  }

  private static String page() {
    return "order by normalized_code_utf8 fetch first :limit rows only";
  }

  private static List<StoredCode> read(Query query) {
    return query.map((row, context) -> code(row)).list();
  }

  private static StoredCode code(ResultSet row) throws SQLException {
    return new StoredCode(
        new Code(row.getString("code")),
        RuleId.of(uuid(row, "rule_id")),
        nullableLong(row, "max_uses"),
        instant(row, "created_at"));
  }
}
