package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "A-1_b.c",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void uses_the_request_id_that_was_sent(String sent) {
    assertThat(RequestIds.choose(sent, TRACE_PARENT)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "ä",
        "a\nb",
        "a,b",
        "<b>",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void replaces_invalid_request_id(String sent) {
    assertThat(RequestIds.choose(sent, TRACE_PARENT)).isEqualTo(TRACE);
    assertThat(RequestIds.choose(sent, null)).matches("[0-9a-f-]{36}");
  }

  @Test
  void uses_the_trace_id_of_traceparent() {
    assertThat(RequestIds.choose(null, TRACE_PARENT)).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "4bf92f3577b34da6a3ce929d0e0e4736"
      })
  void generates_id_for_invalid_traceparent(String traceParent) {
    String first = RequestIds.choose(null, traceParent);

    assertThat(first).matches("[0-9a-f-]{36}");
    assertThat(RequestIds.choose(null, traceParent)).isNotEqualTo(first);
  }
}
