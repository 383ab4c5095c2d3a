package kassa.adapters.http.jetty;

import java.util.List;
import java.util.regex.Pattern;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests that Jetty accepts although a proxy may read them differently: transfer codings
 * other than {@code chunked}, which the server does not decode, a second method in a header, and
 * paths with parameters or dot segments.
 */
public final class AmbiguousRequestHandler extends Handler.Wrapper {

  private static final List<String> CHUNKED = List.of("chunked");

  /**
   * Javalin takes the method from this header; a proxy, the log and this server's checks do not.
   */
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  /** A segment {@code .} or {@code ..}, or a path parameter. */
  private static final Pattern AMBIGUOUS_PATH = Pattern.compile(".*(?:;|/\\.\\.?(?:/.*)?$).*");

  private final JettyErrorHandler problems;

  public AmbiguousRequestHandler(Handler handler, JettyErrorHandler problems) {
    super(handler);
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String reason = rejectionOf(request);
    if (reason == null) {
      return super.handle(request, response, callback);
    }
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    problems.send(request, response, Problem.of(ProblemKind.BAD_REQUEST, reason), callback);
    return true;
  }

  private static @Nullable String rejectionOf(Request request) {
    if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
        && !CHUNKED.equals(
            request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING).stream()
                .map(String::strip)
                .map(coding -> coding.equalsIgnoreCase("chunked") ? "chunked" : coding)
                .toList())) {
      return "The only supported transfer coding is chunked.";
    }
    if (request.getHeaders().contains(METHOD_OVERRIDE)) {
      return "X-HTTP-Method-Override is not supported. Send the method itself.";
    }
    String path = request.getHttpURI().getPath();
    if (path != null
        && (path.indexOf(';') >= 0
            || (path.contains("/.") && AMBIGUOUS_PATH.matcher(path).matches()))) {
      return "A path must not contain . or .. as a segment, or a semicolon.";
    }
    return null;
  }
}
