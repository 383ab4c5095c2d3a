package kassa.adapters.http.routing;

import io.javalin.http.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.FailureFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Aborts a request, also one whose response already started. Javalin completes such a response as
 * if it were whole; only a closed connection, or over HTTP/2 a reset stream, shows the client that
 * it is incomplete.
 */
public final class ConnectionAbortHandler extends Handler.Wrapper {

  private static final String ATTRIBUTE = "kassa.connection";

  public ConnectionAbortHandler(Handler handler) {
    super(handler);
  }

  /**
   * Where a request arrived.
   *
   * @param connection the connection
   * @param id over HTTP/2 the number of the stream
   */
  private record Origin(Connection connection, String id) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    request.setAttribute(
        ATTRIBUTE, new Origin(request.getConnectionMetaData().getConnection(), request.getId()));
    return super.handle(request, response, callback);
  }

  /**
   * Ends a request at once, so that the client detects the incomplete response: resets the stream
   * over HTTP/2, because other requests share the connection; closes the connection over HTTP/1.1.
   */
  public static void abort(Context context) {
    Origin origin = originOf(context);
    if (origin == null) {
      return;
    }
    if (origin.connection() instanceof HTTP2Connection connection) {
      reset(connection.getSession().getStream(Integer.parseInt(origin.id())));
    } else {
      origin.connection().getEndPoint().close();
    }
  }

  /** The reset ends writes that wait for the client, the failure ends reads that do. */
  private static void reset(@Nullable HTTP2Stream stream) {
    if (stream != null) {
      int error = ErrorCode.CANCEL_STREAM_ERROR.code;
      stream.reset(new ServerReset(stream.getId(), error), Callback.NOOP);
      stream.process(
          new FailureFrame(error, "aborted", new IOException("the server aborted the request")),
          Callback.NOOP);
    }
  }

  /** Closes the connection of a request with all its requests. */
  static void closeConnection(Context context) {
    Origin origin = originOf(context);
    if (origin != null) {
      origin.connection().getEndPoint().close();
    }
  }

  /** Returns the address of the other end of the connection: of the proxy, if there is one. */
  static @Nullable InetAddress peerOf(Context context) {
    Origin origin = originOf(context);
    return origin != null
            && origin.connection().getEndPoint().getRemoteSocketAddress()
                instanceof InetSocketAddress peer
        ? peer.getAddress()
        : null;
  }

  private static @Nullable Origin originOf(Context context) {
    return context.req().getAttribute(ATTRIBUTE) instanceof Origin origin ? origin : null;
  }
}
