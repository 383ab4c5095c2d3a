package kassa.adapters.http.routing;

import io.javalin.http.Context;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets an answer be broken off. Whatever a handler does in the middle of an answer, the framework
 * ends it as if it were whole; only a connection that is closed before tells the client.
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

  /** Closes the connection of a request at once; the client misses the end of the answer. */
  public static void abort(Context context) {
    if (context.req().getAttribute(ATTRIBUTE) instanceof ConnectionMetaData connection) {
      connection.getConnection().getEndPoint().close();
    }
  }
}
