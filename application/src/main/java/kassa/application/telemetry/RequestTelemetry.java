package kassa.application.telemetry;

/** Measures one HTTP request. */
public interface RequestTelemetry {

  /**
   * Records the request, which ends now. Called once, on any thread.
   *
   * @param method the method that the client sent
   * @param route the path of its route, with {@code {name}} for parameters; empty if it has none
   * @param status the HTTP status of the response
   */
  void end(String method, String route, int status);
}
