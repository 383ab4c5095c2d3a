package kassa.adapters.persistence.sql;

import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Finds the parameters {@code :name} and {@code ?} of a statement. The parser of JDBI takes
 * milliseconds for a long statement, so that each new process and each new search is slow. See
 * docs/decisions/0170. Thread-safe.
 */
public final class NamedParameterParser implements SqlParser {

  private static final NamedParameterParser INSTANCE = new NamedParameterParser();

  private NamedParameterParser() {}

  /** Lets JDBI parse statements with this parser, and use them as they are, not as templates. */
  public static <T extends Configurable<?>> T use(T target) {
    target
        .getConfig(SqlStatements.class)
        .setSqlParser(INSTANCE)
        .setTemplateEngine(TemplateEngine.NOP);
    return target;
  }

  @Override
  public ParsedSql parse(String sql, StatementContext context) {
    return parse(sql);
  }

  @Override
  public String nameParameter(String name, StatementContext context) {
    return ":" + name;
  }

  static ParsedSql parse(String sql) {
    ParsedSql.Builder parsed = ParsedSql.builder();
    int textStart = 0;
    int position = 0;
    while (position < sql.length()) {
      int end = tokenEnd(sql, position);
      boolean named = isNamedParameter(sql, position, end);
      if (named || sql.charAt(position) == '?') {
        parsed.append(sql.substring(textStart, position));
        if (named) {
          parsed.appendNamedParameter(sql.substring(position + 1, end));
        } else {
          parsed.appendPositionalParameter();
        }
        textStart = end;
      }
      position = end;
    }
    return parsed.append(sql.substring(textStart)).build();
  }

  private static boolean isNamedParameter(String sql, int start, int end) {
    return sql.charAt(start) == ':' && end > start + 1 && sql.charAt(start + 1) != ':';
  }

  /** The end of the quoted text, the comment, the cast operator, the parameter or the character. */
  private static int tokenEnd(String sql, int start) {
    return switch (sql.charAt(start)) {
      case '\'', '"' -> endAfter(sql, sql.substring(start, start + 1), start + 1);
      case '-' -> sql.startsWith("--", start) ? endAfter(sql, "\n", start) : start + 1;
      case '/' -> sql.startsWith("/*", start) ? endAfter(sql, "*/", start + 2) : start + 1;
      case ':' -> sql.startsWith("::", start) ? start + 2 : nameEnd(sql, start + 1);
      default -> start + 1;
    };
  }

  private static int endAfter(String sql, String terminator, int from) {
    int found = sql.indexOf(terminator, from);
    return found < 0 ? sql.length() : found + terminator.length();
  }

  private static int nameEnd(String sql, int start) {
    int end = start;
    while (end < sql.length() && isPartOfName(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isPartOfName(char character) {
    return character == '_'
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9');
  }
}
