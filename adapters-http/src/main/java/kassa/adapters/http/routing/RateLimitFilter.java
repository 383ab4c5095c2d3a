package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.identity.RateLimiter;

/**
 * Counts the calls of whoever showed who they are, tells them on each answer how many are left, and
 * refuses those beyond the limit before their body is read. Source of the header fields: {@code
 * draft-ietf-httpapi-ratelimit-headers-11}, sections 3 and 4, a draft of May 2026. See
 * docs/decisions/0113.
 */
public final class RateLimitFilter {

  static final String POLICY_HEADER = "RateLimit-Policy";
  static final String HEADER = "RateLimit";

  /** Names the limit in both of them. */
  private static final String POLICY = "\"calls\"";

  private final RateLimiter rateLimiter;

  public RateLimitFilter(RateLimiter rateLimiter) {
    this.rateLimiter = rateLimiter;
  }

  /**
   * Counts a request of which it is known who sent it.
   *
   * @throws ProblemException if they have sent as many as they may
   */
  void check(Context context) {
    switch (rateLimiter.tryAcquire(CurrentCaller.of(context))) {
      case RateLimiter.Decision.Unlimited() -> {
        // Whoever has no limit is told of none.
      }
      case RateLimiter.Decision.Allowed(long limit, long remaining, Duration resetIn) ->
          writeHeaders(context, limit, remaining, Responses.toHeaderSeconds(resetIn));
      case RateLimiter.Decision.LimitExceeded(long limit, Duration resetIn) -> {
        long seconds = Responses.toHeaderSeconds(resetIn);
        writeHeaders(context, limit, 0, seconds);
        context.header("Retry-After", Long.toString(seconds));
        throw new ProblemException(
            ProblemKind.RATE_LIMITED,
            "Nothing was done. " + limit + " calls may be made in a minute.");
      }
    }
  }

  private static void writeHeaders(Context context, long limit, long remaining, long seconds) {
    context.header(POLICY_HEADER, POLICY + ";q=" + limit + ";w=" + RateLimiter.WINDOW.toSeconds());
    context.header(HEADER, POLICY + ";r=" + remaining + ";t=" + seconds);
  }
}
