package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The duration of a failed login must not reveal whether an account exists. */
@Timeout(600)
@Isolated("measures time")
class LoginTimingIT {

  /** Below the limits of login delays: 20 failures per address, 5 per account. */
  private static final int SAMPLES = 9;

  /** A response without hashing would take less than a third of the time. */
  private static final int MAX_RATIO = 2;

  /** Successful logins before the measurement, to warm up the server. */
  private static final int WARMUP_REQUESTS = 20;

  private static final String BODY =
      """
      {"email":"%s","password":"%s"}\
      """;

  @TempDir private Path folder;

  @Test
  void wrong_password_takes_equally_long_with_and_without_account() throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      List<String> known = new ArrayList<>();
      for (int i = 0; i < SAMPLES / 3; i++) {
        known.add("known-%s@example.com".formatted(i));
        String registration = BODY.formatted(known.getLast(), "right-right-right");
        assertThat(kassa.postAnonymously("/v1/auth/register", registration).statusCode())
            .isEqualTo(201);
      }
      for (int i = 0; i < WARMUP_REQUESTS; i++) {
        String right = BODY.formatted(known.get(i % known.size()), "right-right-right");
        assertThat(kassa.postAnonymously("/v1/auth/login", right).statusCode()).isEqualTo(200);
      }

      List<Long> existing = new ArrayList<>();
      List<Long> absent = new ArrayList<>();
      for (int i = 0; i < SAMPLES; i++) {
        existing.add(measureRejectionNanos(kassa, known.get(i % known.size())));
        absent.add(
            measureRejectionNanos(kassa, "absent-%s@example.com".formatted(i % known.size())));
      }

      assertThat(median(absent))
          .as("ns of absent accounts: %s, of existing ones: %s", absent, existing)
          .isBetween(median(existing) / MAX_RATIO, median(existing) * MAX_RATIO);
    }
  }

  private static long measureRejectionNanos(KassaProcess kassa, String email) {
    String body = BODY.formatted(email, "wrong-wrong-wrong");
    long start = System.nanoTime();
    HttpResponse<String> response = kassa.postAnonymously("/v1/auth/login", body);
    long nanos = System.nanoTime() - start;
    assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
    return nanos;
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
