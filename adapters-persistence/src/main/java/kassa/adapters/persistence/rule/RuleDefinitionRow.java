package kassa.adapters.persistence.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code rule_definition_values}, not validated: one JSON value of a rule definition.
 *
 * @param pointer path of the value: JSON pointer (RFC 6901)
 * @param kind {@code string}, {@code number}, {@code boolean}, {@code array} or {@code object}
 * @param content the value as text; {@code null} for arrays and objects
 */
record RuleDefinitionRow(String pointer, String kind, @Nullable String content) {

  static final String STRING = "string";
  static final String NUMBER = "number";
  static final String BOOLEAN = "boolean";
  static final String ARRAY = "array";
  static final String OBJECT = "object";

  static RuleDefinitionRow of(ResultSet row) throws SQLException {
    return new RuleDefinitionRow(
        row.getString("json_pointer"), row.getString("value_type"), row.getString("content"));
  }
}
