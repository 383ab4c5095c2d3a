package kassa.adapters.http.jetty;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;

/** CORS: allows scripts of configured origins to call the API, without cookies. */
public final class Cors {

  private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

  private Cors() {}

  /** Wraps a handler with CORS for these origins. */
  public static Handler with(List<String> origins, Handler handler) {
    CrossOriginHandler cors = new SingleOriginHandler();
    cors.setAllowedOriginPatterns(origins.stream().map(Pattern::quote).collect(Collectors.toSet()));
    cors.setAllowedMethods(Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    cors.setAllowedHeaders(
        Set.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "X-Request-Id"));
    cors.setExposedHeaders(
        Set.of("ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"));
    cors.setAllowCredentials(false);
    cors.setPreflightMaxAge(PREFLIGHT_MAX_AGE);
    cors.setHandler(handler);
    return cors;
  }

  /** Gives no access to a request that names several origins; Jetty would echo all of them. */
  private static final class SingleOriginHandler extends CrossOriginHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
      boolean isSingle = origins.size() < 2 && origins.stream().noneMatch(Cors::isList);
      return isSingle
          ? super.handle(request, response, callback)
          : getHandler().handle(request, response, callback);
    }
  }

  private static boolean isList(String origin) {
    return origin.strip().matches(".*[ ,\t].*");
  }
}
