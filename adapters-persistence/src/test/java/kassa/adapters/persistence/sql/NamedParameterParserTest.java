package kassa.adapters.persistence.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedParameterParserTest {

  @Test
  void finds_named_parameters_in_their_order() {
    ParsedSql parsed =
        NamedParameterParser.parse("select a from b where c = :c and (d=:d_2 or :c)");

    assertThat(parsed.getSql()).isEqualTo("select a from b where c = ? and (d=? or ?)");
    assertThat(parsed.getParameters().getParameterNames()).containsExactly("c", "d_2", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":a",
        "?",
        "values (?, ?)",
        "values (:a,:b)",
        "select 'it''s :no', :yes, \"a:no\", \"?\"",
        "select x'6b61'::int, :a::varchar, cast(:b as int)",
        "select 1 - :a / :b -- not :c\nfrom t where d = :d",
        "select /* :a ? */ :b",
        "select '12:30:00', t.a[1] from t where a <> :a and b < :b",
        "select ':a' || :a || ':a'",
        "select name, 'Käse' from t where s = :s /* the end */"
      })
  void parses_as_the_parser_of_jdbi(String sql) {
    ParsedSql expected = new ColonPrefixSqlParser().parse(sql, null);

    assertThat(NamedParameterParser.parse(sql)).isEqualTo(expected);
  }
}
