package kassa.bootstrap.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configures the log: standard error, one line per event, libraries from level WARN. Logback finds
 * this service before it searches configuration files, which makes the start faster than a file.
 */
public final class LogbackConfigurator extends ContextAwareBase implements Configurator {

  private static final List<String> NOISY_LOGGERS =
      List.of("io.javalin", "org.eclipse.jetty", "org.flywaydb", "org.jdbi");

  /** The pool warns of each broken connection with a stack trace; persistence logs outages. */
  private static final String POOL_LOGGER = "com.zaxxer.hikari";

  /** Logs each failure with its stack trace, and throws it to the caller as well. */
  private static final String CONNECTION_POOL = "com.zaxxer.hikari.pool";

  /** Only if the thread handles a request with a trace. */
  private static final String TRACE_ID = "%replace( trace.id=%X{trace.id}){' trace.id=$', ''}";

  private static volatile LogFormat format = LogFormat.TEXT;

  private static volatile @Nullable LoggerContext configured;

  /** Sets the format, also of a log that is in use already. */
  public static void setFormat(LogFormat newFormat) {
    LogFormat oldFormat = format;
    format = newFormat;
    LoggerContext context = configured;
    if (context != null && newFormat != oldFormat) {
      context.reset();
      apply(context);
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    configured = context;
    apply(context);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static void apply(LoggerContext context) {
    EncoderBase<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> textEncoder();
          case JSON -> new JsonEncoder();
          case ECS -> new EcsEncoder();
        };
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(console);
    NOISY_LOGGERS.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    context.getLogger(POOL_LOGGER).setLevel(Level.OFF);
    context.getLogger(CONNECTION_POOL).setLevel(Level.OFF);
  }

  private static PatternLayoutEncoder textEncoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %msg"
            + (TracingSettings.isEnabled() ? TRACE_ID : "")
            + "%n");
    return encoder;
  }
}
