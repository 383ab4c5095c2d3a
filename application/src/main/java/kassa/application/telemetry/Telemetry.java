package kassa.application.telemetry;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Driven port for metrics and traces: the use cases and the adapters report here what they count
 * and measure. A call costs far less than a microsecond, and never throws. Thread-safe.
 */
public interface Telemetry {

  /** Returns telemetry that ignores everything. */
  static Telemetry none() {
    return NoTelemetry.INSTANCE;
  }

  /**
   * Counts events.
   *
   * @param times how often it happened, 0 or more
   */
  void count(Counter counter, long times);

  /** Counts one event. */
  default void count(Counter counter) {
    count(counter, 1);
  }

  /**
   * Records the size of a group of writes that share a transaction.
   *
   * @param size the number of writes, 1 or more
   */
  void recordGroupSize(int size);

  /**
   * Records how long after its time an event was sent to a client that waited for it.
   *
   * @param nanos the time between them in nanoseconds, 0 or more
   */
  void recordEventLag(long nanos);

  /**
   * Records how long after its time an event was accepted by the receiver of a webhook.
   *
   * @param nanos the time between them in nanoseconds, 0 or more
   */
  void recordWebhookLag(long nanos);

  /**
   * Registers a value that is read when the metrics are read. It replaces an earlier one.
   *
   * @param value reads the value quickly, and may throw; a gauge whose value cannot be read is left
   *     out
   */
  void register(Gauge gauge, LongSupplier value);

  /** Begins to measure a step on the thread that takes it. */
  StepTimer begin(Step step);

  /**
   * Adds a stopped step that another thread took for several requests to the trace of the request
   * of this thread. It is not measured again.
   */
  void share(StepTimer stopped);

  /**
   * Begins to measure an HTTP request.
   *
   * @param header returns the value of a header of the request by its name; {@code null} if there
   *     is none
   */
  RequestTelemetry beginRequest(Function<String, @Nullable String> header);

  /** Writes all metrics. Takes some milliseconds. */
  byte[] write(MetricsFormat format);
}
