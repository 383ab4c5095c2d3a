package kassa.bootstrap.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/**
 * Log format of the Elastic Common Schema: a JSON object per line. The keys of an event and of the
 * MDC are names of fields. Source: ECS 8.11. Thread-safe.
 */
final class EcsEncoder extends EncoderBase<ILoggingEvent> {

  private static final String VERSION = "8.11.0";

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder json = new StringBuilder(256);
    json.append("{\"@timestamp\":\"").append(Instant.ofEpochMilli(event.getTimeStamp()));
    json.append("\",\"ecs.version\":\"").append(VERSION).append('"');
    field(json, "log.level", event.getLevel().toString());
    field(json, "message", event.getFormattedMessage());
    field(json, "service.name", "kassa");
    field(json, "log.logger", event.getLoggerName());
    field(json, "process.thread.name", event.getThreadName());
    event.getMDCPropertyMap().forEach((name, value) -> field(json, name, value));
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> field(json, pair));
    }
    if (event.getThrowableProxy() != null) {
      field(json, "error.type", event.getThrowableProxy().getClassName());
      field(json, "error.message", event.getThrowableProxy().getMessage());
      field(json, "error.stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return json.append("}\n").toString().getBytes(UTF_8);
  }

  private static void field(StringBuilder json, KeyValuePair pair) {
    if (pair.value instanceof Number number) {
      name(json, pair.key);
      json.append(number);
    } else {
      field(json, pair.key, String.valueOf(pair.value));
    }
  }

  private static void field(StringBuilder json, String name, String value) {
    name(json, name);
    quote(json, String.valueOf(value));
  }

  private static void name(StringBuilder json, String name) {
    json.append(',');
    quote(json, name);
    json.append(':');
  }

  /** Escapes what JSON requires (RFC 8259, 7). */
  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == '\n') {
        json.append("\\n");
      } else if (c < ' ' || c == '\u007f') {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
