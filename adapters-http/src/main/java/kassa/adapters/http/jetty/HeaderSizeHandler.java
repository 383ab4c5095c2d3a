package kassa.adapters.http.jetty;

import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Rejects requests over HTTP/2 whose request line and headers would be too large over HTTP/1.1.
 * Jetty itself would close the connection, with all other requests of a proxy that uses it.
 */
public final class HeaderSizeHandler extends Handler.Wrapper {

  /** Maximum size of the request line and of all headers. */
  public static final int MAX_BYTES = 1 << 13;

  /** Detail of the error for a request beyond {@link #MAX_BYTES}. */
  static final String LIMIT = "The request line and the headers may have at most 8 KiB together.";

  /** The space, the colon and the line break of a header over HTTP/1.1. */
  private static final int BYTES_PER_HEADER = 4;

  private final JettyErrorHandler problems;

  public HeaderSizeHandler(Handler handler, JettyErrorHandler problems) {
    super(handler);
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Problem problem = problemOf(request);
    if (problem == null) {
      return super.handle(request, response, callback);
    }
    problems.send(request, response, problem, callback);
    return true;
  }

  private @Nullable Problem problemOf(Request request) {
    int size = request.getHttpURI().getPathQuery().length();
    if (size > MAX_BYTES) {
      return Problem.of(ProblemKind.URI_TOO_LONG, LIMIT);
    }
    for (HttpField header : request.getHeaders()) {
      String value = header.getValue();
      size += header.getName().length() + (value == null ? 0 : value.length()) + BYTES_PER_HEADER;
    }
    return size > MAX_BYTES ? Problem.of(ProblemKind.HEADERS_TOO_LARGE, LIMIT) : null;
  }
}
