package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.Random;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.routing.Responses;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and malformed requests, sent as raw bytes over a connection. */
class HostileRequestTest {

  private static final String MARKER = "m4rk3r";
  private static final int FUZZED_REQUESTS = 1_500;

  private static final String ORDER =
      """
      POST /v1/orders?explain=true HTTP/1.1
      Host: kassa
      Authorization: Bearer %s
      Content-Type: application/json
      Accept: application/json
      Content-Length: %s

      %s\
      """
          .formatted(
              TestServer.ADMIN_TOKEN, OrderBodies.VALID_ORDER.length(), OrderBodies.VALID_ORDER)
          .replace("\n", "\r\n");

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # Methods
          M4RK3R /health HTTP/1.1~Host: k~~                        | 405
          get /health HTTP/1.1~Host: k~~                           | 405
          TRACE /health HTTP/1.1~Host: k~X: m4rk3r~~               | 405
          TRACE /v1/orders HTTP/1.1~Host: k~X: m4rk3r~~            | 405
          CONNECT m4rk3r.example:443 HTTP/1.1~Host: k~~            | 400
          CONNECT /health HTTP/1.1~Host: k~~                       | 400
          OPTIONS * HTTP/1.1~Host: k~~                             | 404
          PROPFIND /v1/orders HTTP/1.1~Host: k~~                   | 405
          G\u0000T /health HTTP/1.1~Host: k~~                      | 400
          G\u00e4T /health HTTP/1.1~Host: k~~                      | 400
          # Paths
          GET /v1/orders/..;/m4rk3r HTTP/1.1~Host: k~~             | 400
          GET /v1/orders/..;m4rk3r=1/products HTTP/1.1~Host: k~~   | 400
          GET /health;m4rk3r HTTP/1.1~Host: k~~                    | 400
          GET /health; HTTP/1.1~Host: k~~                          | 400
          GET /m4rk3r/../health HTTP/1.1~Host: k~~                 | 400
          GET /v1/orders/.. HTTP/1.1~Host: k~~                     | 400
          GET /v1/./orders HTTP/1.1~Host: k~~                      | 400
          GET /.. HTTP/1.1~Host: k~~                               | 400
          GET /v1/orders/..m4rk3r HTTP/1.1~Host: k~~               | 404
          GET /v1/../../etc/m4rk3r HTTP/1.1~Host: k~~              | 400
          GET /v1/%2e%2e/m4rk3r HTTP/1.1~Host: k~~                 | 400
          GET /v1/orders/m4rk3r%2fx HTTP/1.1~Host: k~~             | 404
          GET /v1/orders/m4rk3r%5cx HTTP/1.1~Host: k~~             | 404
          GET /v1/orders/m4rk3r%00 HTTP/1.1~Host: k~~              | 400
          GET /v1/orders/m4rk3r%u0041 HTTP/1.1~Host: k~~           | 400
          GET /v1/orders/m4rk3r%C3%28 HTTP/1.1~Host: k~~           | 400
          GET /v1/orders?limit=%m4rk3r HTTP/1.1~Host: k~~          | 400
          GET /v1/orders?limit=%FFm4rk3r HTTP/1.1~Host: k~~        | 400
          GET /v1/orders?limit=m4rk3r%00 HTTP/1.1~Host: k~~        | 400
          GET /v1/orders?limit=1e999999 HTTP/1.1~Host: k~~         | 400
          GET /v1/orders?limit=99999999999999999999 HTTP/1.1~Host: k~~ | 400
          GET /v1/orders/99999999999999999999 HTTP/1.1~Host: k~~   | 404
          GET /v1/orders/-1 HTTP/1.1~Host: k~~                     | 404
          GET /m4rk3r\u00e4 HTTP/1.1~Host: k~~                     | 400
          GET /m4rk3r\u0007 HTTP/1.1~Host: k~~                     | 400
          GET m4rk3r HTTP/1.1~Host: k~~                            | 400
          GET http://m4rk3r/nowhere HTTP/1.1~Host: k~~             | 400
          GET http://user:m4rk3r@k/nowhere HTTP/1.1~Host: k~~      | 400
          GET http:// HTTP/1.1~Host: k~~                           | 400
          # Versions
          GET /nowhere HTTP/1.0~~                                  | 404
          GET /v1/orders HTTP/1.0~~                                | 401
          GET /nowhere HTTP/1.1m4rk3r~Host: k~~                    | 400
          GET /nowhere HTTP/9.9~Host: k~~                          | 400
          GET /nowhere HTTP/1.1 m4rk3r~Host: k~~                   | 400
          # Headers
          GET /health HTTP/1.1~Host: k~Host: m4rk3r~~              | 400
          GET /health HTTP/1.1~Host:~~                             | 400
          GET /health HTTP/1.1~Host: k m4rk3r~~                    | 400
          GET /health HTTP/1.1~Host: k:m4rk3r~~                    | 400
          GET /health HTTP/1.1~Host: k:99999999~~                  | 400
          GET /health HTTP/1.1~Host: [m4rk3r~~                     | 400
          GET /nowhere HTTP/1.1~Host: k~X: a\u0000m4rk3r~~         | 400
          GET /nowhere HTTP/1.1~Host: k~X: a\u0007m4rk3r~~         | 400
          GET /nowhere HTTP/1.1~Host: k~X: a^m4rk3r~~             | 400
          GET /nowhere HTTP/1.1~Host: k~X\u0000: m4rk3r~~          | 400
          GET /nowhere HTTP/1.1~Host: k~: m4rk3r~~                 | 400
          GET /nowhere HTTP/1.1~Host: k~X : m4rk3r~~               | 400
          GET /nowhere HTTP/1.1~Host: k~ X: m4rk3r~~               | 400
          GET /nowhere HTTP/1.1~Host: k~X: a~ m4rk3r~~             | 400
          GET /v1/orders HTTP/1.1~Host: k~Authorization: Bearer kas_\u0001m4rk3r~~ | 400
          GET /v1/orders HTTP/1.1~Host: h~Authorization: Bearer kas_\u00e4m4rk3r~~ | 401
          # Framing
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: 2~Content-Length: 2~~{} | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: 2, 2~~{}                | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: 2, 3~~{}                | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: +2~~{}                  | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: 0x2~~{}                 | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length: 1e999999~~{}            | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Length:~~{}                     | 400
          POST /v1/orders HTTP/1.1~Host: k~Transfer-Encoding: chunked~Content-Length: 2~~0~~ | 400
          POST /v1/orders HTTP/1.1~Host: k~Transfer-Encoding: chunked, m4rk3r~~0~~ | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Type: application/json~Transfer-Encoding: gzip, chunked~~2~{}~0~~ | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Type: application/json~Transfer-Encoding: m4rk3r, chunked~~2~{}~0~~ | 400
          POST /v1/orders HTTP/1.1~Host: k~Content-Type: application/json~Transfer-Encoding: gzip~Transfer-Encoding: chunked~~2~{}~0~~ | 400
          POST /v1/orders HTTP/1.1~Host: k~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~ | 400
          POST /v1/orders HTTP/1.0~Host: k~Content-Type: application/json~Transfer-Encoding: chunked~~0~~ | 400
          """,
      delimiter = '|')
  void malformed_request_gets_a_problem_without_echo(String request, int status) {
    String withAuthorization =
        request.replace(
            "Host: k~", "Host: k~Authorization: Bearer " + TestServer.ADMIN_TOKEN + "~");
    String sent = withAuthorization.replace("~", "\r\n").replace('^', '\r');
    try (RawHttpConnection connection = SERVER.client.openConnection()) {
      TestResponse response =
          connection.send(sent.getBytes(ISO_8859_1)).shutdownOutput().readUncheckedResponse();

      assertThat(response.status()).isEqualTo(status);
      assertProblem(response);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999",
        "-1e999999",
        "1e-999999",
        "1E2147483648",
        "1e99999999999999999999",
        "-0",
        "1e2"
      })
  void huge_numbers_never_cause_a_server_error(String number) {
    for (String field : new String[] {"quantity", "unitPrice", "expectedTotal", "metadata"}) {
      TestResponse response =
          SERVER.client.post("/v1/quotes", OrderBodies.orderWith(field, number));

      if (response.status() != 200) {
        assertProblem(response);
      }
    }
  }

  /** The random numbers have a fixed seed, so each run sends the same requests. */
  @Test
  void fuzzed_request_never_causes_a_server_error() {
    Random random = new Random(11);
    int unfinished = 0;
    for (int i = 0; i < FUZZED_REQUESTS; i++) {
      byte[] fuzzed = fuzz(ORDER, random);
      try (RawHttpConnection connection = SERVER.client.openConnection()) {
        TestResponse response = connection.send(fuzzed).shutdownOutput().readUncheckedResponse();

        assertThat(response.status()).as(new String(fuzzed, ISO_8859_1)).isBetween(200, 499);
        if (response.status() >= 400) {
          assertProblem(response);
        }
      } catch (UncheckedIOException noResponse) {
        // The request ended before its headers were complete.
        unfinished++;
      }
    }
    assertThat(unfinished).isLessThan(FUZZED_REQUESTS / 10);
    assertThat(SERVER.client.get("/health").status()).isEqualTo(200);
  }

  private static byte[] fuzz(String request, Random random) {
    StringBuilder text = new StringBuilder(request);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, (char) random.nextInt(32));
        case 2 -> text.deleteCharAt(at);
        case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        case 4 -> text.insert(at, "%;\\\"{}[]:,\r\n".charAt(random.nextInt(12)));
        default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
      }
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static void assertProblem(TestResponse response) {
    assertThat(response.status()).isBetween(400, 499);
    assertThat(response.header("Content-Type")).isEqualTo(Responses.PROBLEM_JSON);
    assertThat(response.at("/type")).startsWith("/problems/");
    assertThat(response.body() + response.headers().map())
        .doesNotContainIgnoringCase(MARKER)
        .doesNotContain("Exception", "jetty", "javalin", "\tat ");
  }
}
