package kassa.domain.report;

import java.time.Instant;

/**
 * A stretch of time that sales are summed up over.
 *
 * @param name that of the whole day, week or month: {@code 2026-03-29}, {@code 2026-W13}, {@code
 *     2026-03}
 * @param from its first moment
 * @param to the moment before which it ends
 */
public record SalesPeriod(String name, Instant from, Instant to) {}
