package kassa.adapters.http.routing;

import io.javalin.http.Context;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Aborts a response that already started. Javalin completes such a response as if it were whole;
 * only a closed connection shows the client that it is incomplete.
 */
public final class ConnectionAbortHandler extends Handler.Wrapper {

  private static final String ATTRIBUTE = "kassa.connection";

  public ConnectionAbortHandler(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    request.setAttribute(ATTRIBUTE, request.getConnectionMetaData());
    return super.handle(request, response, callback);
  }

  /**
   * Closes the connection of a request at once, so that the client detects the incomplete response.
   */
  public static void abort(Context context) {
    if (context.req().getAttribute(ATTRIBUTE) instanceof ConnectionMetaData connection) {
      connection.getConnection().getEndPoint().close();
    }
  }
}
