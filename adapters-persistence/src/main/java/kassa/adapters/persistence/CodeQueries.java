package kassa.adapters.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.nullableLong;
import static kassa.adapters.persistence.SqlValues.texts;
import static kassa.adapters.persistence.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads codes by one statement, however many they are. */
final class CodeQueries {

  static final String BY_KEYS = codes("where code_key = any(cast(:keys as varchar array))");

  static final String ALL = codes(page());

  static final String ALL_AFTER = codes("where key_utf8 > :after\n" + page());

  static final String OF_RULE = codes("where rule_id = :rule\n" + page());

  static final String OF_RULE_AFTER =
      codes("where rule_id = :rule and key_utf8 > :after\n" + page());

  static final String REDEEMED =
      "select count(*) from redemptions where code_key = :key and not given_back";

  private CodeQueries() {}

  static Map<String, KeptCode> find(Handle handle, Collection<Code> codes) {
    Map<String, KeptCode> found = new HashMap<>();
    Query query =
        handle.createQuery(BY_KEYS).bind("keys", texts(codes.stream().map(Code::key).toList()));
    read(query).forEach(code -> found.put(code.code().key(), code));
    return found;
  }

  static List<KeptCode> list(
      Handle handle, @Nullable String after, @Nullable RuleId rule, int limit) {
    String sql = rule == null ? ALL : OF_RULE;
    if (after != null) {
      sql = rule == null ? ALL_AFTER : OF_RULE_AFTER;
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

  static long redeemed(Handle handle, Code code) {
    return handle.createQuery(REDEEMED).bind("key", code.key()).mapTo(Long.class).one();
  }

  private static String codes(String which) {
    return "select code, rule_id, max_uses, created_at from codes\n" + which;
  }

  private static String page() {
    return "order by key_utf8 fetch first :limit rows only";
  }

  private static List<KeptCode> read(Query query) {
    return query.map((row, context) -> code(row)).list();
  }

  private static KeptCode code(ResultSet row) throws SQLException {
    return new KeptCode(
        new Code(row.getString("code")),
        RuleId.of(uuid(row, "rule_id")),
        nullableLong(row, "max_uses"),
        instant(row, "created_at"));
  }
}
