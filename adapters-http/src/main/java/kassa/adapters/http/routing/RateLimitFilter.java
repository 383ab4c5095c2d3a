package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.time.Duration;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Telemetry;

/**
 * Rate limit per authenticated caller: adds the {@code RateLimit} headers to each response and
 * rejects requests above the limit with 429 before their body is read. Source of the headers:
 * {@code draft-ietf-httpapi-ratelimit-headers-11}, sections 3 and 4, a draft of May 2026. See
 * docs/decisions/0113.
 */
public final class RateLimitFilter {

  static final String POLICY_HEADER = "RateLimit-Policy";
  static final String HEADER = "RateLimit";

  /** Name of the limit in both headers. */
  private static final String POLICY = "\"calls\"";

  private final RateLimiter rateLimiter;
  private final Telemetry telemetry;

  public RateLimitFilter(RateLimiter rateLimiter, Telemetry telemetry) {
    this.rateLimiter = rateLimiter;
    this.telemetry = telemetry;
  }

  /**
   * Counts a request of an authenticated caller.
   *
   * @throws ProblemException if the caller has reached the limit of the current window
   */
  void check(Context context) {
    switch (rateLimiter.tryAcquire(CurrentCaller.of(context))) {
      case RateLimiter.Decision.Unlimited() -> {
        // Without a limit there are no headers.
      }
      case RateLimiter.Decision.Allowed(long limit, long remaining, Duration resetIn) ->
          writeHeaders(context, limit, remaining, Responses.toHeaderSeconds(resetIn));
      case RateLimiter.Decision.LimitExceeded(long limit, Duration resetIn) -> {
        telemetry.count(Counter.REQUESTS_RATE_LIMITED);
        long seconds = Responses.toHeaderSeconds(resetIn);
        writeHeaders(context, limit, 0, seconds);
        context.header("Retry-After", Long.toString(seconds));
        throw new ProblemException(
            ProblemKind.RATE_LIMITED,
            "The request was not processed. The limit is "
                + limit
                + " requests per minute; retry after the time in Retry-After.");
      }
    }
  }

  private static void writeHeaders(Context context, long limit, long remaining, long seconds) {
    context.header(POLICY_HEADER, POLICY + ";q=" + limit + ";w=" + RateLimiter.WINDOW.toSeconds());
    context.header(HEADER, POLICY + ";r=" + remaining + ";t=" + seconds);
  }
}
