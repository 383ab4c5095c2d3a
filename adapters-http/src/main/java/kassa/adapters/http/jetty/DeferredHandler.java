package kassa.adapters.http.jetty;

import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Place of a handler that is installed while the server already listens. Until then requests are
 * rejected with 503.
 */
public final class DeferredHandler extends Handler.Abstract {

  private final JettyErrorHandler problems;
  private volatile @Nullable Handler installed;

  public DeferredHandler(JettyErrorHandler problems) {
    this.problems = problems;
  }

  /** Starts a handler, which handles all further requests. Called once. */
  public void install(Handler handler) {
    handler.setServer(getServer());
    addManagedBean(handler);
    installed = handler;
  }

  private void addManagedBean(Handler handler) {
    addBean(handler, true);
    try {
      handler.start();
    } catch (Exception failure) {
      throw new IllegalStateException("a handler of the HTTP server cannot start", failure);
    }
  }

  /** Returns whether a handler is installed. */
  public boolean isInstalled() {
    return installed != null;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Handler handler = installed;
    if (handler != null) {
      return handler.handle(request, response, callback);
    }
    if (!request.consumeAvailable()) {
      response.getHeaders().put("Connection", "close");
    }
    problems.send(
        request,
        response,
        Problem.of(
            ProblemKind.STARTING,
            "The request was not processed. The server opens its database; retry later."),
        callback);
    return true;
  }
}
