package kassa.adapters.http.jetty;

import java.util.Set;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses calls for which there is no place before the framework has looked at them. A refusal has
 * to cost a small part of an order, or a server with too much to do has no time left for orders.
 */
public final class LoadSheddingHandler extends Handler.Wrapper {

  private final ConcurrencyLimiter limiter;
  private final Set<String> exemptPaths;
  private final JettyErrorHandler problems;

  /**
   * @param exemptPaths the paths of calls that take no place, or one among others
   */
  public LoadSheddingHandler(
      Handler handler,
      ConcurrencyLimiter limiter,
      Set<String> exemptPaths,
      JettyErrorHandler problems) {
    super(handler);
    this.limiter = limiter;
    this.exemptPaths = exemptPaths;
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Problem rejection = limiter.rejectionOfSingle();
    if (rejection == null || exemptPaths.contains(Request.getPathInContext(request))) {
      return super.handle(request, response, callback);
    }
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    problems.send(request, response, rejection, callback);
    return true;
  }
}
