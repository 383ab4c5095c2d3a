package kassa.domain.report;

import java.time.Instant;

/**
 * Period of a sales report.
 *
 * @param name the name of the day, week or month: {@code 2026-03-29}, {@code 2026-W13}, {@code
 *     2026-03}
 * @param from the start, inclusive
 * @param to the end, exclusive
 */
public record SalesPeriod(String name, Instant from, Instant to) {}
