package kassa.adapters.http;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.application.port.in.CountCalls;

/**
 * Counts the calls of whoever showed who they are, tells them on each answer how many are left, and
 * refuses those beyond the limit before their body is read. Source of the header fields: {@code
 * draft-ietf-httpapi-ratelimit-headers-11}, sections 3 and 4, a draft of May 2026. See
 * docs/decisions/0113.
 */
final class CallLimits {

  static final String POLICY_HEADER = "RateLimit-Policy";
  static final String HEADER = "RateLimit";

  /** Names the limit in both of them. */
  private static final String POLICY = "\"calls\"";

  private final CountCalls countCalls;

  CallLimits(CountCalls countCalls) {
    this.countCalls = countCalls;
  }

  /**
   * Counts a request of which it is known who sent it.
   *
   * @throws ProblemException if they have sent as many as they may
   */
  void count(Context context) {
    switch (countCalls.count(Callers.of(context))) {
      case CountCalls.Outcome.Uncounted() -> {
        // Whoever has no limit is told of none.
      }
      case CountCalls.Outcome.Within(long limit, long left, Duration resetIn) ->
          tell(context, limit, left, Answers.seconds(resetIn));
      case CountCalls.Outcome.Beyond(long limit, Duration resetIn) -> {
        long seconds = Answers.seconds(resetIn);
        tell(context, limit, 0, seconds);
        context.header("Retry-After", Long.toString(seconds));
        throw new ProblemException(
            ProblemKind.TOO_MANY_CALLS,
            "Nothing was done. " + limit + " calls may be made in a minute.");
      }
    }
  }

  private static void tell(Context context, long limit, long left, long seconds) {
    context.header(POLICY_HEADER, POLICY + ";q=" + limit + ";w=" + CountCalls.WINDOW.toSeconds());
    context.header(HEADER, POLICY + ";r=" + left + ";t=" + seconds);
  }
}
