package kassa.domain.usage;

/**
 * Reservation of an order against a usage limit. It succeeds only if the counter plus the amount is
 * at most the limit.
 *
 * @param counter the counter
 * @param amount the amount to reserve: 1 use, or minor units of a budget
 * @param limit the maximum value of the counter
 */
public record LimitReservation(UsageCounter counter, long amount, long limit) {}
