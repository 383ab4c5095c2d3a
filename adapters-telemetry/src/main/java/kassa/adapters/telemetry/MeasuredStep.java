package kassa.adapters.telemetry;

import jdk.jfr.Event;
import kassa.adapters.telemetry.measured.Histogram;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Step that is recorded in a histogram, in the trace of the request, and by the flight recorder.
 */
final class MeasuredStep implements StepTimer {

  private static final long RUNNING = -1;

  private final Step step;
  private final Histogram durations;
  private final @Nullable Tracing tracing;
  private final @Nullable Event event;
  private final long start = System.nanoTime();
  private volatile long nanos = RUNNING;

  /**
   * @param tracing {@code null} if traces are not exported
   * @param event has begun; {@code null} for none
   */
  MeasuredStep(Step step, Histogram durations, @Nullable Tracing tracing, @Nullable Event event) {
    this.step = step;
    this.durations = durations;
    this.tracing = tracing;
    this.event = event;
  }

  @Override
  public void stop() {
    if (nanos == RUNNING) {
      nanos = System.nanoTime() - start;
      if (event != null) {
        event.end();
      }
    }
  }

  @Override
  public void close() {
    stop();
    durations.record(nanos);
    if (event != null) {
      event.commit();
    }
    trace();
  }

  /** Adds the step to the trace of the request of this thread, if there is one. */
  void trace() {
    if (tracing != null) {
      tracing.recordStep(step, start, start + nanos);
    }
  }
}
