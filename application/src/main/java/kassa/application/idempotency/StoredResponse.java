package kassa.application.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * Stored HTTP response, replayed unchanged.
 *
 * @param status the HTTP status, 200 to 299
 * @param location the {@code Location} of the created resource, or {@code null}
 * @param entityTag the {@code ETag} of the resource, or {@code null}
 * @param body the body; empty if there is none
 */
public record StoredResponse(
    int status, @Nullable String location, @Nullable String entityTag, String body) {}
