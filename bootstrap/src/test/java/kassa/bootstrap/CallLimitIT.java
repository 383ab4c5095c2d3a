package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls beyond a limit that was set, through the real launcher on both databases. */
@Timeout(180)
class CallLimitIT {

  private static final int FEW = 5;
  private static final int SOME = 50;
  private static final Pattern LEFT = Pattern.compile("\"calls\";r=(\\d+);t=(\\d+)");

  @TempDir private Path folder;

  @Test
  void refuses_what_is_beyond_it_on_the_embedded_database() throws Exception {
    try (Launched kassa = Launched.serve(folder, "--calls-per-minute", "" + FEW)) {
      refuseWhatIsBeyond(kassa);
    }
  }

  @Test
  void refuses_what_is_beyond_it_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched kassa =
          Launched.serve(folder, "--db-url", url, "--calls-per-minute", "" + FEW)) {
        refuseWhatIsBeyond(kassa);
      }
    }
  }

  @Test
  void holds_over_two_nodes() throws Exception {
    String limit = "" + SOME;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched one = Launched.serve(folder, "--db-url", url, "--calls-per-minute", limit);
          Launched other = Launched.serve(folder, "--db-url", url, "--calls-per-minute", limit)) {
        int tries = 0;
        while (!hearsOfTheOther(url, one, other)) {
          assertThat(++tries).as("minutes that were over too soon").isLessThan(3);
        }
      }
    }
  }

  /** A new minute may begin among these calls, but not two of them. */
  private static void refuseWhatIsBeyond(Launched kassa) {
    int answered = 0;
    HttpResponse<String> answer = kassa.get("/v1/orders");
    while (answer.statusCode() == 200) {
      assertThat(++answered).isLessThanOrEqualTo(2 * FEW);
      assertThat(header(answer, "RateLimit-Policy")).isEqualTo("\"calls\";q=" + FEW + ";w=60");
      answer = kassa.get("/v1/orders");
    }

    assertThat(answered).isGreaterThanOrEqualTo(FEW);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("\"code\":\"too_many_calls\"");
    assertThat(Integer.parseInt(header(answer, "Retry-After"))).isBetween(1, 60);
    assertThat(left(answer)).isZero();
    assertThat(kassa.get("/health").statusCode()).isEqualTo(200);
  }

  /**
   * Calls one of them three times, and then the other until it counts these as well.
   *
   * @return whether all of that was in one minute, of which alone it can be told
   */
  private static boolean hearsOfTheOther(String url, Launched one, Launched other)
      throws SQLException {
    Instant minute = minute();
    for (int i = 0; i < 3; i++) {
      one.get("/v1/orders");
    }
    awaitNodes(url, 1, minute);
    other.get("/v1/orders");
    awaitNodes(url, 2, minute);
    // What it heard was committed a moment before it knew of it.
    for (int calls = 2; calls < SOME / 2; calls++) {
      if (left(other.get("/v1/orders")) == SOME - 3 - calls) {
        return true;
      }
    }
    assertThat(minute()).as("a minute in which nothing was heard").isNotEqualTo(minute);
    return false;
  }

  /** Returns when so many nodes have told what they counted, or the minute is over. */
  private static void awaitNodes(String url, int nodes, Instant minute) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      String question =
          "select count(distinct node) from call_counts where begins_at = '" + minute + "'";
      while (minute.equals(minute())) {
        try (ResultSet answer = statement.executeQuery(question)) {
          if (answer.next() && answer.getInt(1) == nodes) {
            return;
          }
        }
      }
    }
  }

  private static Instant minute() {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES);
  }

  private static int left(HttpResponse<String> answer) {
    Matcher matcher = LEFT.matcher(header(answer, "RateLimit"));
    assertThat(matcher.matches()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElseThrow();
  }
}
