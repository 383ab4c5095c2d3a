package kassa.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import kassa.adapters.telemetry.ServerTelemetry;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Telemetry;

/** Measures the processor time of all calls of the telemetry that placing one order makes. */
public final class TelemetryBenchmark {

  private TelemetryBenchmark() {}

  /**
   * Prints the median and the maximum of the second half of the rounds.
   *
   * @param arguments requests per round, rounds
   */
  public static void main(String[] arguments) {
    int requests = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Telemetry telemetry = new ServerTelemetry("bench", null);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] nanos = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < requests; i++) {
        order(telemetry);
      }
      nanos[round] = (double) (threads.getCurrentThreadCpuTime() - start) / requests;
    }
    double[] measured = Arrays.copyOfRange(nanos, rounds / 2, rounds);
    Arrays.sort(measured);
    System.out.printf(
        "%-12s %8.0f %8.0f%n",
        "order", measured[measured.length / 2], measured[measured.length - 1]);
  }

  /** An order that is written alone; in a group, several orders share the transaction. */
  private static void order(Telemetry telemetry) {
    RequestTelemetry request = telemetry.beginRequest(header -> null);
    step(telemetry, Step.CONNECTION_WAIT);
    step(telemetry, Step.PRICING);
    StepTimer wait = telemetry.begin(Step.GROUP_WAIT);
    wait.stop();
    StepTimer commit = telemetry.begin(Step.COMMIT);
    step(telemetry, Step.CONNECTION_WAIT);
    commit.close();
    telemetry.recordGroupSize(1);
    telemetry.share(commit);
    wait.close();
    telemetry.count(Counter.ORDERS_PLACED);
    request.end("POST", "/v1/orders", 201);
  }

  private static void step(Telemetry telemetry, Step step) {
    try (StepTimer _ = telemetry.begin(step)) {
      // Only the measurement is measured.
    }
  }
}
