package kassa.adapters.persistence.admin;

/**
 * Summary of a query result.
 *
 * @param rows number of returned rows
 * @param hasMore whether more rows exist
 */
public record QuerySummary(long rows, boolean hasMore) {}
