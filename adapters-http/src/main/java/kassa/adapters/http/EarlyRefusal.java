package kassa.adapters.http;

import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses calls for which there is no place before the framework has looked at them. A refusal has
 * to cost a small part of an order, or a server with too much to do has no time left for orders.
 */
final class EarlyRefusal extends Handler.Wrapper {

  private final Admission admission;
  private final Set<String> spared;
  private final JettyProblems problems;

  /**
   * @param spared the paths of calls that take no place, or one among others
   */
  EarlyRefusal(Handler handler, Admission admission, Set<String> spared, JettyProblems problems) {
    super(handler);
    this.admission = admission;
    this.spared = spared;
    this.problems = problems;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Problem refusal = admission.refusalOfSingle();
    if (refusal == null || spared.contains(Request.getPathInContext(request))) {
      return super.handle(request, response, callback);
    }
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    problems.answer(request, response, refusal, callback);
    return true;
  }
}
