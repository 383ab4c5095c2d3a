package kassa.adapters.http.jetty;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * The management port: a second connector that serves the metrics and the health checks only,
 * without authentication. Its connections do not count for the limits of connections, so that it
 * works while the server is overloaded.
 */
public final class ManagementHandler extends Handler.Wrapper {

  /** The path of the metrics. */
  public static final String METRICS = "/metrics";

  private static final Set<String> PATHS =
      Set.of(METRICS, "/health", "/health/live", "/health/ready", "/health/started");

  private static final String NAME = "management";
  private static final String ATTRIBUTE = "kassa.management";

  private final Handler handler;
  private final JettyErrorHandler problems;

  public ManagementHandler(Handler handler, JettyErrorHandler problems) {
    super(handler);
    this.handler = handler;
    this.problems = problems;
  }

  /** Creates the connector; its selector accepts the connections, so that it needs one thread. */
  public static ServerConnector createConnector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, 0, 1, new HttpConnectionFactory(http));
    connector.setName(NAME);
    return connector;
  }

  /** Returns whether a request arrived on the management port. */
  public static boolean received(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) != null;
  }

  @Override
  public InvocationType getInvocationType() {
    return handler.getInvocationType();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!NAME.equals(request.getConnectionMetaData().getConnector().getName())) {
      return super.handle(request, response, callback);
    }
    if (PATHS.contains(Request.getPathInContext(request))) {
      request.setAttribute(ATTRIBUTE, true);
      return super.handle(request, response, callback);
    }
    problems.send(
        request,
        response,
        Problem.of(ProblemKind.NOT_FOUND, "This port serves only /metrics and the health checks."),
        callback);
    return true;
  }
}
