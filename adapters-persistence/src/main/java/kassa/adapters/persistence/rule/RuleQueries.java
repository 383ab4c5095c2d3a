package kassa.adapters.persistence.rule;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.application.port.out.rule.RuleStore.ActiveRules;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredRule;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads any number of rules with their definitions, with one statement. */
public final class RuleQueries {

  static final String SET_VERSION = "select version from rule_set";

  /** One statement, so that the rules and the version of the rule set are consistent. */
  static final String ACTIVE =
      """
      select
        s.version as set_version,
        r.id, r.status, r.version, r.revision, r.needs_code, r.created_at, r.updated_at,
        p.json_pointer, p.value_type, p.content
      from rule_set s
      left join rules r on r.status = 'active'
      left join rule_definition_values p on p.rule_id = r.id and p.version = r.version
      order by r.sequence_number, p.position
      """;

  public static final String BY_ID = rules("where id = :id");

  public static final String VERSIONS =
      """
      select v.version, v.created_at, p.json_pointer, p.value_type, p.content
      from rule_versions v
      left join rule_definition_values p on p.rule_id = v.rule_id and p.version = v.version
      where v.rule_id = :id
      order by v.version desc, p.position
      """;

  static final String DEFINITION =
      """
      select json_pointer, value_type, content
      from rule_definition_values
      where rule_id = :id and version = :version
      order by position
      """;

  private static final String AFTER =
      "sequence_number > (select sequence_number from rules where id = :after)";
  private static final String PAGE = "order by sequence_number fetch first :limit rows only";

  public static final String ALL = rules(PAGE);

  public static final String ALL_AFTER = rules("where " + AFTER + "\n" + PAGE);

  public static final String BY_STATUS = rules("where status = :status\n" + PAGE);

  public static final String BY_STATUS_AFTER =
      rules("where status = :status and " + AFTER + "\n" + PAGE);

  private RuleQueries() {}

  static long ruleSetVersion(Handle handle) {
    return handle.createQuery(SET_VERSION).mapTo(Long.class).one();
  }

  static ActiveRules readActive(Handle handle) {
    SequencedMap<UUID, RuleAssembler> rules = new LinkedHashMap<>();
    long version =
        handle
            .createQuery(ACTIVE)
            .reduceResultSet(
                0L,
                (before, row, context) -> {
                  if (row.getString("id") != null) {
                    addRow(rules, row);
                  }
                  return row.getLong("set_version");
                });
    return new ActiveRules(version, rules.values().stream().map(RuleAssembler::toRule).toList());
  }

  static Optional<StoredRule> find(Handle handle, RuleId id) {
    return read(handle.createQuery(BY_ID).bind("id", id.toUuid())).stream().findFirst();
  }

  static List<RuleDefinitionRow> definition(Handle handle, RuleId id, int version) {
    return handle
        .createQuery(DEFINITION)
        .bind("id", id.toUuid())
        .bind("version", version)
        .map((row, context) -> RuleDefinitionRow.of(row))
        .list();
  }

  static List<StoredRule> list(
      Handle handle, @Nullable RuleId after, @Nullable RuleStatus status, int limit) {
    String sql = status == null ? ALL : BY_STATUS;
    if (after != null) {
      sql = status == null ? ALL_AFTER : BY_STATUS_AFTER;
    }
    Query query = handle.createQuery(sql).bind("limit", limit);
    if (after != null) {
      query.bind("after", after.toUuid());
    }
    if (status != null) {
      query.bind("status", enumName(status));
    }
    return read(query);
  }

  static List<RuleVersion> versions(Handle handle, RuleId id) {
    record Version(Instant createdAt, List<RuleDefinitionRow> rows) {}
    SequencedMap<Integer, Version> found = new LinkedHashMap<>();
    handle
        .createQuery(VERSIONS)
        .bind("id", id.toUuid())
        .reduceResultSet(
            found,
            (versions, row, context) -> {
              Instant createdAt = instant(row, "created_at");
              Version version =
                  versions.computeIfAbsent(
                      row.getInt("version"), first -> new Version(createdAt, new ArrayList<>()));
              if (row.getString("json_pointer") != null) {
                version.rows().add(RuleDefinitionRow.of(row));
              }
              return versions;
            });
    List<RuleVersion> versions = new ArrayList<>(found.size());
    found.forEach((number, version) ->
        versions.add(
            new RuleVersion(
                id,
                number,
                RuleAssembler.definitionJson(id, number, version.rows()),
                version.createdAt())));
    return versions;
  }

  private static String rules(String clauses) {
    return """
    select
      r.id, r.status, r.version, r.revision, r.needs_code, r.created_at, r.updated_at,
      p.json_pointer, p.value_type, p.content
    from (select * from rules %s) r
    left join rule_definition_values p on p.rule_id = r.id and p.version = r.version
    order by r.sequence_number, p.position
    """
        .formatted(clauses);
  }

  private static List<StoredRule> read(Query query) {
    SequencedMap<UUID, RuleAssembler> found = new LinkedHashMap<>();
    query.reduceResultSet(found, (rules, row, context) -> addRow(rules, row));
    return found.values().stream().map(RuleAssembler::toRule).toList();
  }

  private static SequencedMap<UUID, RuleAssembler> addRow(
      SequencedMap<UUID, RuleAssembler> rules, ResultSet row) throws SQLException {
    UUID id = uuid(row, "id");
    RuleAssembler rule = rules.get(id);
    if (rule == null) {
      rule = new RuleAssembler(RuleAssembler.RuleRow.of(row));
      rules.put(id, rule);
    }
    if (row.getString("json_pointer") != null) {
      rule.addDefinitionRow(RuleDefinitionRow.of(row));
    }
    return rules;
  }
}
