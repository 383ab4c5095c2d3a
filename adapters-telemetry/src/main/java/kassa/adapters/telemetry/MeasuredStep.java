package kassa.adapters.telemetry;

import kassa.adapters.telemetry.measured.Histogram;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Tracing;
import org.jspecify.annotations.Nullable;

/** Step whose duration is recorded in a histogram, and in the trace of the request. */
final class MeasuredStep implements StepTimer {

  private static final long RUNNING = -1;

  private final Step step;
  private final Histogram durations;
  private final @Nullable Tracing tracing;
  private final long start = System.nanoTime();
  private volatile long nanos = RUNNING;

  MeasuredStep(Step step, Histogram durations, @Nullable Tracing tracing) {
    this.step = step;
    this.durations = durations;
    this.tracing = tracing;
  }

  @Override
  public void stop() {
    if (nanos == RUNNING) {
      nanos = System.nanoTime() - start;
    }
  }

  @Override
  public void close() {
    stop();
    durations.record(nanos);
    trace();
  }

  /** Adds the step to the trace of the request of this thread, if there is one. */
  void trace() {
    if (tracing != null) {
      tracing.recordStep(step, start, start + nanos);
    }
  }
}
