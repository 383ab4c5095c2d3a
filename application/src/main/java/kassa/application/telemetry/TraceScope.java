package kassa.application.telemetry;

/** Attachment of a request to the thread that handles it; closed on that thread. */
public interface TraceScope extends AutoCloseable {

  /** Detaches the request. */
  @Override
  void close();
}
