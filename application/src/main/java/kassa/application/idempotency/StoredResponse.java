package kassa.application.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given, and is given again.
 *
 * @param status its HTTP status, 200 to 299
 * @param location where what was made is, if anything was
 * @param entityTag the state of what was answered, if it has one
 * @param body the body, empty if there is none
 */
public record StoredResponse(
    int status, @Nullable String location, @Nullable String entityTag, String body) {}
