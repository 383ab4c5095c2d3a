package kassa.adapters.persistence.event;

import java.time.Instant;
import java.util.UUID;
import kassa.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Event to insert.
 *
 * @param type what happened
 * @param subject the order, rule or user; {@code null} for a product
 * @param sku the product; {@code null} for other subjects
 * @param version the version of the subject after the event; {@code null} if it has none
 * @param actor the name of the caller; {@code null} if unknown
 * @param at the time of the change
 * @param data what a reader cannot find in other tables, as {@link
 *     kassa.adapters.persistence.sql.TabFields}; {@code null} for nothing
 */
public record NewEvent(
    EventType type,
    @Nullable UUID subject,
    @Nullable String sku,
    @Nullable Integer version,
    @Nullable String actor,
    Instant at,
    @Nullable String data) {}
