package kassa.application;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Sources of time, ids and randomness.
 *
 * @param clock the current time
 * @param ids UUIDs of version 7, each greater than those before it
 * @param random a random number from zero to below the given bound, cryptographically secure
 */
public record Environment(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator random) {}
