package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** How soon all nodes use a changed rule. */
@Timeout(600)
@Isolated("measures time")
class RuleChangeTimeIT {

  private static final String TEN_MUGS =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  @TempDir private Path folder;

  @Test
  void rule_change_takes_effect_on_other_node_within_two_seconds() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create();
        KassaProcess one = KassaProcess.startServer(folder, "--db-url", postgres.url());
        KassaProcess other = KassaProcess.startServer(folder, "--db-url", postgres.url())) {
      assertThat(other.post("/v1/quotes", TEN_MUGS).body()).contains("\"total\":\"900.00\"");
      String shipped = firstId(one.get("/v1/rules").body());

      one.post("/v1/rules/" + shipped + "/pause", "");
      Instant changed = Instant.now();
      while (other.post("/v1/quotes", TEN_MUGS).body().contains("\"total\":\"900.00\"")) {
        assertThat(Duration.between(changed, Instant.now())).isLessThan(Duration.ofSeconds(2));
      }

      assertThat(other.post("/v1/quotes", TEN_MUGS).body()).contains("\"total\":\"1000.00\"");
    }
  }

  private static String firstId(String json) {
    Matcher matcher = ID.matcher(json);
    assertThat(matcher.find()).as(json).isTrue();
    return matcher.group(1);
  }
}
