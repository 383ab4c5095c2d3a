package kassa.domain.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session of a person: from signing in until signing out, or until a limit ends it.
 *
 * @param id names it; it is no secret
 * @param user whose it is
 * @param device what they came with, as their browser says, at most 200 characters
 * @param address where they came from, an IP address
 * @param createdAt when they signed in, to the microsecond
 * @param lastUsedAt when it was last used, a minute too early at most
 */
public record Session(
    SessionId id,
    UserId user,
    @Nullable String device,
    String address,
    Instant createdAt,
    Instant lastUsedAt) {}
