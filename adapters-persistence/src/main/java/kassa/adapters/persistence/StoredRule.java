package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kassa.domain.notation.Flaws;
import kassa.domain.notation.Notation;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleReader;
import kassa.domain.rule.RuleStatus;

/**
 * The rows of one rule while they are read, and the rule that they make. A rule that cannot be read
 * is damaged; it is never answered.
 */
final class StoredRule {

  private final Row row;
  private final List<PartRow> parts = new ArrayList<>();

  StoredRule(Row row) {
    this.row = row;
  }

  /** A row of rules, unchecked. */
  record Row(
      UUID id,
      String status,
      int version,
      int revision,
      boolean needsCode,
      Instant createdAt,
      Instant updatedAt) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          uuid(row, "id"),
          row.getString("status"),
          row.getInt("version"),
          row.getInt("revision"),
          row.getBoolean("needs_code"),
          instant(row, "created_at"),
          instant(row, "updated_at"));
    }
  }

  void addPart(PartRow part) {
    parts.add(part);
  }

  /**
   * The rule.
   *
   * @throws IllegalStateException if it is damaged; the message names it
   */
  KeptRule toRule() {
    RuleId id = RuleId.of(row.id());
    Notation.Fields notation = notation(id, row.version(), parts);
    try {
      return new KeptRule(
          id,
          row.version(),
          row.revision(),
          word(RuleStatus.class, row.status()),
          row.needsCode(),
          notation,
          definition(notation),
          row.createdAt(),
          row.updatedAt());
    } catch (IllegalArgumentException damage) {
      throw damaged(id, row.version(), damage);
    }
  }

  /**
   * What a rule says in one of its versions.
   *
   * @throws IllegalStateException if it is damaged; the message names it
   */
  static Notation.Fields notation(RuleId id, int version, List<PartRow> parts) {
    try {
      return NotationParts.unflatten(parts);
    } catch (IllegalArgumentException damage) {
      throw damaged(id, version, damage);
    }
  }

  private static RuleDefinition definition(Notation.Fields notation) {
    Flaws flaws = new Flaws();
    RuleDefinition definition = RuleReader.read(notation, "", flaws);
    if (definition == null) {
      throw new IllegalArgumentException(flaws.found().toString());
    }
    return definition;
  }

  private static IllegalStateException damaged(RuleId id, int version, Exception damage) {
    return new IllegalStateException(
        "rule " + id + ", version " + version + ", is damaged in the database", damage);
  }
}
