package kassa.application.telemetry;

import org.jspecify.annotations.Nullable;

/** Measures one HTTP request. Thread-safe. */
public interface RequestTelemetry {

  /**
   * Returns the id of its trace, 32 hexadecimal digits; {@code null} if traces are not exported.
   */
  default @Nullable String traceId() {
    return null;
  }

  /**
   * Returns the header {@code traceparent} that names its span; {@code null} if traces are not
   * exported. Source: W3C Trace Context.
   */
  default @Nullable String traceParent() {
    return null;
  }

  /** Attaches it to this thread, so that steps and log lines of the thread belong to its trace. */
  default TraceScope attach() {
    return () -> {};
  }

  /**
   * Records the request, which ends now. Called once, on any thread.
   *
   * @param method the method that the client sent
   * @param route the path of its route, with {@code {name}} for parameters; empty if it has none
   * @param status the HTTP status of the response
   */
  void end(String method, String route, int status);
}
