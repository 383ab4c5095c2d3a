package kassa.adapters.http.jetty;

import kassa.adapters.http.routing.ObservedRequest;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.Telemetry;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Outermost handler: measures and logs each request until its response is sent. */
public final class RequestObserver extends Handler.Wrapper {

  private static final String TRACE_PARENT = "traceparent";

  private final Handler observed;
  private final Telemetry telemetry;
  private final boolean accessLog;

  /**
   * @param accessLog whether each request is logged
   */
  public RequestObserver(Handler handler, Telemetry telemetry, boolean accessLog) {
    super(handler);
    this.observed = handler;
    this.telemetry = telemetry;
    this.accessLog = accessLog;
  }

  @Override
  public InvocationType getInvocationType() {
    return observed.getInvocationType();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields headers = request.getHeaders();
    RequestTelemetry measured = telemetry.beginRequest(headers::get);
    ObservedRequest observation = ObservedRequest.begin(request, measured);
    String traceParent = measured.traceParent();
    if (traceParent != null) {
      response.getHeaders().put(TRACE_PARENT, traceParent);
    }
    Request.addCompletionListener(
        request,
        failure -> {
          observation.end(request.getMethod(), response.getStatus());
          if (accessLog) {
            AccessLog.write(request, response, observation);
          }
        });
    return super.handle(request, response, callback);
  }
}
