package kassa.adapters.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocsPageTest {

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /openapi.json              | application/json
          /docs                      | text/html;charset=utf-8
          /docs/docs.js              | text/javascript;charset=utf-8
          /docs/docs.css             | text/css;charset=utf-8
          /docs/swagger-ui.css       | text/css;charset=utf-8
          /docs/swagger-ui-bundle.js | text/javascript;charset=utf-8
          """,
      delimiter = '|')
  void every_file_has_content_type_and_content_security_policy(String path, String contentType) {
    TestResponse response = client.get(path);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Content-Type")).isEqualTo(contentType);
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Content-Security-Policy"))
        .startsWith("default-src 'none';")
        .contains("script-src 'self';", "connect-src 'self';")
        .doesNotContain("http", "//", "*");
  }

  @Test
  void all_resources_of_the_page_are_served_locally() {
    List<String> references = references(client.get("/docs").body());

    assertThat(references)
        .contains("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/docs.js");
    for (String reference : references) {
      if (!reference.equals("data:,")) {
        assertThat(client.get(reference).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void page_refers_to_no_other_host() {
    assertThat(client.get("/docs").body()).doesNotContain("//");
    assertThat(client.get("/docs/docs.js").body()).doesNotContain("://");
  }

  @Test
  void page_shows_the_local_openapi_document() {
    assertThat(client.get("/docs/docs.js").body()).contains("url: \"/openapi.json\"");
    assertThat(client.get("/docs").body()).contains("id=\"contract\"");
    assertThat(client.get("/docs/docs.js").body()).contains("dom_id: \"#contract\"");
  }

  /** The form works under the content security policy: no inline script, no form target. */
  @Test
  void page_has_a_sign_in_form_that_passes_the_token_to_swagger_ui() {
    String page = client.get("/docs").body();
    String script = client.get("/docs/docs.js").body();

    assertThat(page).contains("<form id=\"sign-in\">", "type=\"password\"");
    assertThat(page).doesNotContain("action=", "onsubmit", "<script>", "style=");
    assertThat(script).contains("\"/v1/auth/login\"", "ui.preauthorizeApiKey(\"bearer\"");
    assertThat(script).doesNotContain("localStorage", "sessionStorage", "innerHTML");
  }

  @Test
  void script_and_stylesheet_are_served_completely() {
    assertThat(client.get("/docs/swagger-ui-bundle.js").body()).contains("SwaggerUIBundle");
    assertThat(client.get("/docs/swagger-ui.css").body()).contains(".swagger-ui");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css"})
  void large_files_are_compressed_and_not_sent_again_if_unchanged(String path) throws Exception {
    HttpResponse<byte[]> plain = send(path, "Accept-Encoding", "identity");
    HttpResponse<byte[]> gzip = send(path, "Accept-Encoding", "gzip");
    String tag = gzip.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> unchanged = send(path, "Accept-Encoding", "gzip", "If-None-Match", tag);

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(gzip.body().length).isLessThan(plain.body().length / 3);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(tag).startsWith("W/").isEqualTo(plain.headers().firstValue("ETag").orElseThrow());
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    for (HttpResponse<byte[]> response : List.of(plain, gzip, unchanged)) {
      assertThat(response.headers().allValues("Vary")).containsExactly("Accept-Encoding");
    }
  }

  private static HttpResponse<byte[]> send(String path, String... headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.http.port() + path))
              .headers(headers)
              .build(),
          BodyHandlers.ofByteArray());
    }
  }

  private static List<String> references(String html) {
    return REFERENCE.matcher(html).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
