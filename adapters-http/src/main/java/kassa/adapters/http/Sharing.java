package kassa.adapters.http;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** Tells browsers that pages of other origins may call and read, but not by cookie. */
final class Sharing {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private Sharing() {}

  static Handler with(HttpServer.Origins origins, Handler handler) {
    CrossOriginHandler sharing = new CrossOriginHandler();
    sharing.setAllowedOriginPatterns(
        origins.names().stream().map(Pattern::quote).collect(Collectors.toSet()));
    sharing.setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    sharing.setAllowedHeaders(
        Set.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "X-Request-Id"));
    sharing.setExposedHeaders(
        Set.of("ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"));
    sharing.setAllowCredentials(false);
    sharing.setPreflightMaxAge(REMEMBERED);
    sharing.setHandler(handler);
    return sharing;
  }
}
