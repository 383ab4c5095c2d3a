package kassa.application.telemetry;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Driven port for traces. Its implementation is loaded only if traces are exported, by {@link
 * TracingProvider}. Thread-safe.
 */
public interface Tracing extends AutoCloseable {

  /**
   * Begins the span of a request, in the trace that its headers name.
   *
   * @param header returns the value of a header of the request by its name; {@code null} if there
   *     is none
   */
  RequestTelemetry beginRequest(Function<String, @Nullable String> header);

  /**
   * Adds a step that has ended to the request that is attached to this thread; does nothing if
   * there is none.
   *
   * @param startNanos the start, of {@link System#nanoTime}
   * @param endNanos the end, of {@link System#nanoTime}
   */
  void recordStep(Step step, long startNanos, long endNanos);

  /** Exports what has ended, for some seconds at most, and ends the export. */
  @Override
  void close();
}
