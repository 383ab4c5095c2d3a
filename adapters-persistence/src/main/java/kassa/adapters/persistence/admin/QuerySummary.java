package kassa.adapters.persistence.admin;

/**
 * How much was answered.
 *
 * @param rows how many rows
 * @param hasMore whether there would have been more
 */
public record QuerySummary(long rows, boolean hasMore) {}
