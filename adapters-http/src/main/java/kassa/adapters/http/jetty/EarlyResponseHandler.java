package kassa.adapters.http.jetty;

import kassa.adapters.http.routing.ServerReset;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells HTTP/2 clients that the rest of their request body is not needed: after a complete response
 * the stream ends with {@code RST_STREAM} and {@code NO_ERROR} (RFC 9113, 8.1). Jetty would send
 * {@code CANCEL}, and clients would discard the response. Over HTTP/1.1 {@link LingeringClose} does
 * the same.
 */
public final class EarlyResponseHandler extends Handler.Wrapper {

  public EarlyResponseHandler(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection connection)) {
      return super.handle(request, response, callback);
    }
    int streamId = Integer.parseInt(request.getId());
    Callback ending =
        Callback.from(
            callback.getInvocationType(),
            () -> {
              endEarly(connection.getSession().getStream(streamId));
              callback.succeeded();
            },
            callback::failed);
    return super.handle(request, response, ending);
  }

  private static void endEarly(@Nullable HTTP2Stream stream) {
    if (stream != null && stream.isLocallyClosed() && !stream.isRemotelyClosed()) {
      stream.reset(new ServerReset(stream.getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
    }
  }
}
