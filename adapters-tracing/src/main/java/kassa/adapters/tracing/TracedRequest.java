package kassa.adapters.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.TraceScope;
import org.slf4j.MDC;

/** Span of a request, with the attributes of the semantic conventions. Thread-safe. */
final class TracedRequest implements RequestTelemetry {

  /** Key in the log, a field of the Elastic Common Schema. */
  private static final String TRACE_ID = "trace.id";

  private static final int MIN_ERROR_STATUS = 500;

  private final Span span;
  private final Context context;

  TracedRequest(Span span, Context context) {
    this.span = span;
    this.context = context;
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public String traceParent() {
    return "00-%s-%s-%s"
        .formatted(
            traceId(),
            span.getSpanContext().getSpanId(),
            span.getSpanContext().getTraceFlags().asHex());
  }

  /** The scope is closed by the one that is returned. */
  @SuppressWarnings("MustBeClosedChecker")
  @Override
  public TraceScope attach() {
    Scope scope = context.makeCurrent();
    MDC.put(TRACE_ID, traceId());
    return () -> {
      MDC.remove(TRACE_ID);
      scope.close();
    };
  }

  @Override
  public void end(String method, String route, int status) {
    span.updateName(route.isEmpty() ? method : method + " " + route);
    span.setAttribute("http.request.method", method);
    span.setAttribute("http.response.status_code", status);
    if (!route.isEmpty()) {
      span.setAttribute("http.route", route);
    }
    if (status >= MIN_ERROR_STATUS) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
