package kassa.domain.usage;

/**
 * What an order takes of a limit. It gets it only if the counter then is at most the limit.
 *
 * @param counter what is counted
 * @param amount how much the order takes: 1 use, or minor units of a budget
 * @param limit the most that the counter may come to
 */
public record LimitReservation(UsageCounter counter, long amount, long limit) {}
