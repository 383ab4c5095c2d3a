package kassa.adapters.telemetry.measured;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;

/** All counters, histograms and gauges of this process. Thread-safe. */
public final class Measurements {

  private final Map<Counter, LongAdder> counters = new EnumMap<>(Counter.class);
  private final Map<Step, Histogram> steps = new EnumMap<>(Step.class);
  private final Map<Gauge, LongSupplier> gauges = new ConcurrentHashMap<>();
  private final Histogram groupSizes = Histogram.ofSizes();
  private final Histogram eventLag = Histogram.ofRequests();
  private final Histogram webhookLag = Histogram.ofRequests();
  private final RequestMetrics requests = new RequestMetrics();

  public Measurements() {
    for (Counter counter : Counter.values()) {
      counters.put(counter, new LongAdder());
    }
    for (Step step : Step.values()) {
      steps.put(step, Histogram.ofSteps());
    }
  }

  /** Counts events. */
  public void count(Counter counter, long times) {
    requireNonNull(counters.get(counter)).add(times);
  }

  /** Returns how often an event happened. */
  public long count(Counter counter) {
    return requireNonNull(counters.get(counter)).sum();
  }

  /** Returns the durations of a step in nanoseconds. */
  public Histogram durations(Step step) {
    return requireNonNull(steps.get(step));
  }

  /** Registers how to read a gauge. */
  public void register(Gauge gauge, LongSupplier value) {
    gauges.put(gauge, value);
  }

  /** Reads a gauge; empty if it is not registered, or cannot be read now. */
  public OptionalLong read(Gauge gauge) {
    LongSupplier value = gauges.get(gauge);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(value.getAsLong());
    } catch (RuntimeException unreadable) {
      return OptionalLong.empty();
    }
  }

  /** The sizes of the groups of orders. */
  public Histogram groupSizes() {
    return groupSizes;
  }

  /** How long after its time an event was sent, in nanoseconds. */
  public Histogram eventLag() {
    return eventLag;
  }

  /** How long after its time an event was accepted by a receiver, in nanoseconds. */
  public Histogram webhookLag() {
    return webhookLag;
  }

  /** The HTTP requests. */
  public RequestMetrics requests() {
    return requests;
  }
}
