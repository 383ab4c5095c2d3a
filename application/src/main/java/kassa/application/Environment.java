package kassa.application;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Sources of time, ids and randomness.
 *
 * @param clock the current time, to the microsecond: this is what databases store
 * @param ids UUIDs of version 7, each greater than those before it
 * @param random a random number from zero to below the given bound, cryptographically secure
 */
public record Environment(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator random) {

  /** Cuts off what is below a microsecond, so that a time is the same before and after a store. */
  public Environment {
    InstantSource source = clock;
    clock = () -> source.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
