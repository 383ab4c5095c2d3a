package kassa.adapters.http.jetty;

import kassa.adapters.http.routing.ObservedRequest;
import kassa.application.telemetry.TraceScope;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Attaches a request with a trace to the thread that handles it. */
public final class TraceScopeHandler extends Handler.Wrapper {

  public TraceScopeHandler(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    ObservedRequest observed = ObservedRequest.of(request);
    if (observed == null || observed.traceId() == null) {
      return super.handle(request, response, callback);
    }
    try (TraceScope _ = observed.attach()) {
      return super.handle(request, response, callback);
    }
  }
}
