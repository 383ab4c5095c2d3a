package kassa.bootstrap.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class EcsEncoderTest {

  private final EcsEncoder encoder = new EcsEncoder();

  @Test
  void writes_one_line_with_the_fields_of_the_schema() {
    LoggingEvent event = eventWithoutContext("Group of {} orders", null, 3);
    event.addKeyValuePair(new KeyValuePair("http.response.status_code", 201));
    event.setMDCPropertyMap(Map.of("trace.id", "0af7651916cd43dd8448eb211c80319c"));

    assertThat(encode(event))
        .isEqualTo(
            "{\"@timestamp\":\"2026-06-15T12:00:00Z\",\"ecs.version\":\"8.11.0\","
                + "\"log.level\":\"WARN\",\"message\":\"Group of 3 orders\","
                + "\"service.name\":\"kassa\",\"log.logger\":\"kassa.Some\","
                + "\"process.thread.name\":\"http\","
                + "\"trace.id\":\"0af7651916cd43dd8448eb211c80319c\","
                + "\"http.response.status_code\":201}\n");
  }

  @Test
  void escapes_what_would_break_the_line() {
    assertThat(encode(event("a \"b\" \\ \n \t \u0000 ü", null)))
        .contains("\"message\":\"a \\\"b\\\" \\\\ \\n \\u0009 \\u0000 ü\"")
        .hasLineCount(1);
  }

  @Test
  void writes_an_exception_with_its_stack_trace() {
    String line = encode(event("failed", new IllegalStateException("no room")));

    assertThat(line)
        .contains("\"error.type\":\"java.lang.IllegalStateException\"")
        .contains("\"error.message\":\"no room\"")
        .contains("\"error.stack_trace\":\"java.lang.IllegalStateException: no room\\n")
        .hasLineCount(1);
  }

  private static LoggingEvent event(String message, @Nullable Throwable failure) {
    LoggingEvent event = eventWithoutContext(message, failure);
    event.setMDCPropertyMap(Map.of());
    return event;
  }

  private static LoggingEvent eventWithoutContext(
      String message, @Nullable Throwable failure, Object... arguments) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger("kassa.Some"),
            Level.WARN,
            message,
            failure,
            arguments);
    event.setThreadName("http");
    event.setInstant(Instant.parse("2026-06-15T12:00:00Z"));
    return event;
  }

  private String encode(LoggingEvent event) {
    return new String(encoder.encode(event), UTF_8);
  }
}
