package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.json.JsonCodec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JettyErrorHandlerTest {

  private static final Server SERVER = new Server();
  private static final ServerConnector CONNECTOR = new ServerConnector(SERVER);

  @BeforeAll
  static void start() throws Exception {
    CONNECTOR.setHost("127.0.0.1");
    SERVER.addConnector(CONNECTOR);
    SERVER.setErrorHandler(new JettyErrorHandler(new JsonCodec()));
    SERVER.setHandler(new FailingHandler());
    SERVER.start();
  }

  @AfterAll
  static void stop() throws Exception {
    SERVER.stop();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          400 | 400 | bad_request
          404 | 404 | not_found
          408 | 400 | bad_request
          414 | 414 | uri_too_long
          417 | 400 | bad_request
          426 | 400 | bad_request
          431 | 431 | headers_too_large
          501 | 400 | bad_request
          503 | 503 | shutting_down
          505 | 400 | bad_request
          """,
      delimiter = '|')
  void jetty_errors_are_problem_responses(int jettyStatus, int status, String code) {
    try (RawHttpConnection connection =
        new RawHttpConnection(CONNECTOR.getLocalPort(), OpenApiContract.KASSA, "none")) {
      TestResponse response =
          connection
              .send(
                  """
                  GET /%s HTTP/1.1
                  Host: kassa
                  X-Request-Id: mine

                  """
                      .formatted(jettyStatus))
              .readResponseWithoutOperation();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.at("/code")).isEqualTo(code);
      assertThat(response.header("X-Request-Id")).isEqualTo("mine");
      assertThat(response.body()).doesNotContain("secret");
    }
  }

  /** Fails every request with the status in its path. */
  private static final class FailingHandler extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = Integer.parseInt(request.getHttpURI().getPath().substring(1));
      Response.writeError(
          request, response, callback, status, "secret", new IllegalStateException("secret"));
      return true;
    }
  }
}
