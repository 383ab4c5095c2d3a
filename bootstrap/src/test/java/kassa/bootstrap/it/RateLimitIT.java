package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Rate limit through the real launcher on both databases. */
@Timeout(600)
class RateLimitIT {

  private static final int SMALL_LIMIT = 5;
  private static final int LIMIT_OF_TWO_NODES = 50;
  private static final Pattern REMAINING = Pattern.compile("\"calls\";r=(\\d+);t=(\\d+)");

  @TempDir private Path folder;

  @Test
  void rejects_calls_beyond_the_rate_limit_on_h2() throws Exception {
    try (KassaProcess kassa =
        KassaProcess.startServer(folder, "--calls-per-minute", "" + SMALL_LIMIT)) {
      assertRejectsBeyondLimit(kassa);
    }
  }

  @Test
  void rejects_calls_beyond_the_rate_limit_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess kassa =
          KassaProcess.startServer(
              folder, "--db-url", url, "--calls-per-minute", "" + SMALL_LIMIT)) {
        assertRejectsBeyondLimit(kassa);
      }
    }
  }

  @Test
  void rate_limit_is_shared_by_two_nodes() throws Exception {
    String limit = "" + LIMIT_OF_TWO_NODES;
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      String url = postgres.url();
      try (KassaProcess one =
              KassaProcess.startServer(folder, "--db-url", url, "--calls-per-minute", limit);
          KassaProcess other =
              KassaProcess.startServer(folder, "--db-url", url, "--calls-per-minute", limit)) {
        int attempts = 0;
        while (!assertCountsCallsOfOtherNode(url, one, other)) {
          assertThat(++attempts).as("attempts that crossed a minute").isLessThan(3);
        }
      }
    }
  }

  /** At most one new minute may start during these calls. */
  private static void assertRejectsBeyondLimit(KassaProcess kassa) {
    int accepted = 0;
    HttpResponse<String> response = kassa.get("/v1/orders");
    while (response.statusCode() == 200) {
      assertThat(++accepted).isLessThanOrEqualTo(2 * SMALL_LIMIT);
      assertThat(header(response, "RateLimit-Policy"))
          .isEqualTo("\"calls\";q=" + SMALL_LIMIT + ";w=60");
      response = kassa.get("/v1/orders");
    }

    assertThat(accepted).isGreaterThanOrEqualTo(SMALL_LIMIT);
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("\"code\":\"rate_limited\"");
    assertThat(Integer.parseInt(header(response, "Retry-After"))).isBetween(1, 60);
    assertThat(remaining(response)).isZero();
    assertThat(kassa.get("/health").statusCode()).isEqualTo(200);
  }

  /**
   * Calls one node three times, and then the other twice. The second call of the other node is
   * stored after it has applied what it read with its first: the calls of the one node.
   *
   * @return {@code false} if a new minute started meanwhile, so that the result is inconclusive
   */
  private static boolean assertCountsCallsOfOtherNode(
      String url, KassaProcess one, KassaProcess other) throws SQLException {
    Instant minute = minute();
    for (int i = 0; i < 3; i++) {
      one.get("/v1/orders");
    }
    awaitStoredCalls(url, 3, minute);
    other.get("/v1/orders");
    awaitStoredCalls(url, 4, minute);
    other.get("/v1/orders");
    awaitStoredCalls(url, 5, minute);
    int remaining = remaining(other.get("/v1/orders"));
    if (!minute.equals(minute())) {
      return false;
    }
    assertThat(remaining).isEqualTo(LIMIT_OF_TWO_NODES - 6);
    return true;
  }

  /** Waits until the nodes have stored this number of calls, or the minute is over. */
  private static void awaitStoredCalls(String url, int calls, Instant minute) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      String query =
          "select sum(request_count) from rate_limit_counters where window_start = '"
              + minute
              + "'";
      while (minute.equals(minute())) {
        try (ResultSet rows = statement.executeQuery(query)) {
          if (rows.next() && rows.getInt(1) == calls) {
            return;
          }
        }
      }
    }
  }

  private static Instant minute() {
    return Instant.now().truncatedTo(ChronoUnit.MINUTES);
  }

  private static int remaining(HttpResponse<String> response) {
    Matcher matcher = REMAINING.matcher(header(response, "RateLimit"));
    assertThat(matcher.matches()).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }
}
