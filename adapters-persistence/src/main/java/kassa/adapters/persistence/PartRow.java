package kassa.adapters.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of rule_parts, unchecked: one value of a definition.
 *
 * @param pointer where it stands, as a JSON pointer (RFC 6901)
 * @param kind {@code text}, {@code number}, {@code flag}, {@code array} or {@code object}
 * @param content as a text; {@code null} for arrays and objects
 */
record PartRow(String pointer, String kind, @Nullable String content) {

  static final String TEXT = "text";
  static final String NUMBER = "number";
  static final String FLAG = "flag";
  static final String ARRAY = "array";
  static final String OBJECT = "object";

  static PartRow of(ResultSet row) throws SQLException {
    return new PartRow(row.getString("pointer"), row.getString("kind"), row.getString("content"));
  }
}
