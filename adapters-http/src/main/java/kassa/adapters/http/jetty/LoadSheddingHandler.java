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
 * Load shedding before routing: rejects single requests while the {@link ConcurrencyLimiter} has no
 * free permit. A rejection must be much cheaper than an order, so that an overloaded server still
 * has time for orders.
 */
public final class LoadSheddingHandler extends Handler.Wrapper {

  private final ConcurrencyLimiter limiter;
  private final Set<String> exemptPaths;
  private final JettyErrorHandler problems;

  /**
   * @param exemptPaths the paths of endpoints that need no permit or a bulk permit
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
