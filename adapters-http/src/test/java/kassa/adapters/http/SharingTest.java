package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may do. */
class SharingTest {

  private static final String SHOP = "https://shop.example";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @AutoClose private static final TestServer SHARED = TestServer.sharedWith(SHOP);
  @AutoClose private static final TestServer ALONE = TestServer.start();
  @AutoClose private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void a_page_of_a_named_origin_may_ask_and_read() throws Exception {
    HttpResponse<String> asked = preflight(SHARED, SHOP);

    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.headers().firstValue(ALLOWED)).contains(SHOP);
    assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
        .contains("Authorization", "Idempotency-Key");
    HttpResponse<String> answered = get(SHARED, SHOP);
    assertThat(answered.statusCode()).isEqualTo(401);
    assertThat(answered.headers().firstValue(ALLOWED)).contains(SHOP);
    assertThat(answered.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    assertThat(answered.headers().allValues("Vary").toString()).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://other.example", "http://shop.example", "https://shopxexample"})
  void a_page_of_another_one_may_not(String origin) throws Exception {
    assertThat(preflight(SHARED, origin).headers().firstValue(ALLOWED)).isEmpty();
    assertThat(get(SHARED, origin).headers().firstValue(ALLOWED)).isEmpty();
  }

  @Test
  void nobody_may_unless_it_is_said() throws Exception {
    assertThat(preflight(ALONE, SHOP).headers().firstValue(ALLOWED)).isEmpty();
    assertThat(get(ALONE, SHOP).headers().firstValue(ALLOWED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "shop.example", "https://shop.example/", "https://*.example", "null"})
  void refuses_what_is_no_origin(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HttpServer.Origins(List.of(name)))
        .withMessage("must be origins such as https://shop.example");
  }

  private static HttpResponse<String> preflight(TestServer server, String origin) throws Exception {
    return send(
        request(server, origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization, idempotency-key")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> get(TestServer server, String origin) throws Exception {
    return send(request(server, origin).GET());
  }

  private static HttpRequest.Builder request(TestServer server, String origin) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.http.port() + "/v1/orders"))
        .header("Origin", origin);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
