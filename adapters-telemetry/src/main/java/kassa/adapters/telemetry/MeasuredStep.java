package kassa.adapters.telemetry;

import kassa.adapters.telemetry.measured.Histogram;
import kassa.application.telemetry.StepTimer;

/** Step whose duration is recorded in a histogram. */
final class MeasuredStep implements StepTimer {

  private static final long RUNNING = -1;

  private final Histogram durations;
  private final long start = System.nanoTime();
  private volatile long nanos = RUNNING;

  MeasuredStep(Histogram durations) {
    this.durations = durations;
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
  }
}
