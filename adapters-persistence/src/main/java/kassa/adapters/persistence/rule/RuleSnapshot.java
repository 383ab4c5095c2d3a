package kassa.adapters.persistence.rule;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;

import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.sql.TabFields;
import kassa.domain.event.EventType;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredRule;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The data of the events of rules: what the versions of the rule do not tell. Their definitions are
 * stored for good.
 */
public final class RuleSnapshot {

  private RuleSnapshot() {}

  static NewEvent toEvent(EventType type, StoredRule rule, @Nullable String actor) {
    String data =
        TabFields.format(
            rule.version(), enumName(rule.status()), rule.needsCode(), rule.createdAt());
    return new NewEvent(
        type, rule.id().toUuid(), null, rule.revision(), actor, rule.updatedAt(), data);
  }

  /**
   * Reads the rule of an event.
   *
   * @throws RuntimeException if it is damaged
   */
  public static StoredRule read(
      Handle handle, RuleId id, int revision, Instant updatedAt, String data) {
    List<@Nullable String> fields = TabFields.parse(data);
    int version = Integer.parseInt(required(fields, 0));
    RuleAssembler rule =
        new RuleAssembler(
            new RuleAssembler.RuleRow(
                id.toUuid(),
                required(fields, 1),
                version,
                revision,
                Boolean.parseBoolean(required(fields, 2)),
                Instant.parse(required(fields, 3)),
                updatedAt));
    RuleQueries.definition(handle, id, version).forEach(rule::addDefinitionRow);
    return rule.toRule();
  }

  private static String required(List<@Nullable String> fields, int index) {
    return requireNonNull(fields.get(index), "a field is null");
  }
}
