package kassa.adapters.http.routing;

import org.eclipse.jetty.http2.frames.ResetFrame;

/**
 * Reset of a stream that the server decided on. Jetty counts the resets of both sides in one limit;
 * the type distinguishes them, so that those of the server do not close a connection.
 */
public final class ServerReset extends ResetFrame {

  /**
   * @param error the error code of HTTP/2
   */
  public ServerReset(int streamId, int error) {
    super(streamId, error);
  }
}
