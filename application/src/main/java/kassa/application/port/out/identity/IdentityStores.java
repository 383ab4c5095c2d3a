package kassa.application.port.out.identity;

/**
 * The stores of users and credentials.
 *
 * @param users stores the users
 * @param sessions stores their sessions
 * @param apiKeys stores the API keys
 * @param failedAttempts counts failed attempts to sign in
 * @param rateLimits counts calls over all nodes
 * @param auditLog stores the audit events
 */
public record IdentityStores(
    UserStore users,
    SessionStore sessions,
    ApiKeyStore apiKeys,
    FailedAttemptStore failedAttempts,
    RateLimitStore rateLimits,
    AuditLog auditLog) {}
