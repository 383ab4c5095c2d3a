package kassa.domain.order;

import java.time.Instant;

/**
 * Where an order stands among all orders when they are sorted by the time at which they were
 * placed, and by id where that is the same.
 *
 * @param placedAt when it was placed, to the microsecond
 * @param id its id
 */
public record OrderPosition(Instant placedAt, OrderId id) {}
