package kassa.application;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.telemetry.Telemetry;

/**
 * Sources of time, ids and randomness, and the receiver of metrics and traces.
 *
 * @param clock the current time, to the microsecond: this is what databases store
 * @param ids UUIDs of version 7, each greater than those before it
 * @param random a random number from zero to below the given bound, cryptographically secure
 * @param telemetry receives what the use cases count and measure
 */
public record Environment(
    InstantSource clock, Supplier<UUID> ids, IntUnaryOperator random, Telemetry telemetry) {

  /** Cuts off what is below a microsecond, so that a time is the same before and after a store. */
  public Environment {
    InstantSource source = clock;
    clock = () -> source.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Creates an environment without metrics and traces. */
  public Environment(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator random) {
    this(clock, ids, random, Telemetry.none());
  }
}
