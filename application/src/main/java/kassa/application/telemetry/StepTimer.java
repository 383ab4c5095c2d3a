package kassa.application.telemetry;

/** Measures one step. It is closed on the thread that began it. */
public interface StepTimer extends AutoCloseable {

  /** Ends the step now, on any thread; the time until {@link #close} does not count. */
  void stop();

  /** Records the step, which ends now if it is not stopped. */
  @Override
  void close();
}
