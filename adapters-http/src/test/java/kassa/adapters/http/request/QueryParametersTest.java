package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @ValueSource(strings = {"limit=%", "limit=%1", "limit=%zz", "%zz=1", "limit=1&%zz", "cursor=%-1"})
  void rejects_invalid_percent_encoding(String query) {
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  GET /v1/orders?%s HTTP/1.1
                  Host: kassa

                  """
                      .formatted(query))
              .readResponse("GET", "/v1/orders");

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.at("/code")).isEqualTo("bad_request");
    }
  }

  @Test
  void rejects_invalid_utf_8_in_the_query() {
    assertThat(client.get("/v1/orders?limit=%FF").violations())
        .containsExactly("?limit out_of_range");
    assertThat(client.get("/v1/orders?%FF=1").violations()).containsExactly("?� unknown_parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain; charset=nonsense", "a; charset", "a; charset=utf-16"})
  void ignores_content_type_when_reading_the_query(String contentType) {
    assertThat(client.get("/v1/orders?limit=0", "Content-Type", contentType).violations())
        .containsExactly("?limit out_of_range");
    assertThat(client.get("/health", "Content-Type", contentType).status()).isEqualTo(200);
  }
}
