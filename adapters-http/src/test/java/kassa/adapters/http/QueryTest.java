package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

  @ParameterizedTest
  @ValueSource(strings = {"limit=%", "limit=%1", "limit=%zz", "%zz=1", "limit=1&%zz", "cursor=%-1"})
  void refuses_what_is_not_escaped_as_it_has_to_be(String query) {
    try (RawConnection connection = client.open()) {
      Answer answer =
          connection
              .send(
                  """
                  GET /v1/orders?%s HTTP/1.1
                  Host: kassa

                  """
                      .formatted(query))
              .answer("GET", "/v1/orders");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.at("/code")).isEqualTo("bad_request");
    }
  }

  @Test
  void refuses_bytes_that_are_no_text() {
    assertThat(client.get("/v1/orders?limit=%FF").flaws()).containsExactly("?limit out_of_range");
    assertThat(client.get("/v1/orders?%FF=1").flaws()).containsExactly("?� unknown_parameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain; charset=nonsense", "a; charset", "a; charset=utf-16"})
  void reads_the_query_as_it_is_whatever_the_body_is_said_to_be(String contentType) {
    assertThat(client.get("/v1/orders?limit=0", "Content-Type", contentType).flaws())
        .containsExactly("?limit out_of_range");
    assertThat(client.get("/health", "Content-Type", contentType).status()).isEqualTo(200);
  }
}
