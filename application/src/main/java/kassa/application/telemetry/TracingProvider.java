package kassa.application.telemetry;

/** Starts the export of traces: a service that a module provides. */
public interface TracingProvider {

  /**
   * Starts the export. It is configured by the variables of OpenTelemetry.
   *
   * @param version the version of the program
   * @throws IllegalStateException if the variables are invalid
   */
  Tracing start(String version);
}
