package kassa.application;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.identity.ApiKeyService;
import kassa.application.internal.identity.AttemptThrottle;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.AuthenticationService;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.identity.FixedWindowRateLimiter;
import kassa.application.internal.identity.PasswordCheckRateLimiter;
import kassa.application.internal.identity.PasswordVerifier;
import kassa.application.internal.identity.ReadAuditLogService;
import kassa.application.internal.identity.RegisterCustomerService;
import kassa.application.internal.identity.SecuredManageSessions;
import kassa.application.internal.identity.SessionService;
import kassa.application.internal.identity.SignInService;
import kassa.application.internal.identity.UserService;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.ReadAuditLog;
import kassa.application.port.in.identity.RegisterCustomer;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.identity.IdentityStores;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.domain.identity.Permission;

/**
 * The use cases of users and credentials.
 *
 * @param authenticate finds the caller by a token
 * @param rateLimiter limits the calls of each caller
 * @param signIn signs users in and out
 * @param registerCustomer registers customers
 * @param manageSessions manages a user's own sessions and password
 * @param manageUsers manages users
 * @param manageApiKeys manages API keys
 * @param readAuditLog reads the audit events
 */
public record IdentityUseCases(
    Authenticate authenticate,
    RateLimiter rateLimiter,
    SignIn signIn,
    RegisterCustomer registerCustomer,
    Secured<ManageSessions> manageSessions,
    Secured<ManageUsers> manageUsers,
    Secured<ManageApiKeys> manageApiKeys,
    Secured<ReadAuditLog> readAuditLog) {

  static IdentityUseCases create(
      IdentityStores stores,
      Environment environment,
      Cryptography cryptography,
      ApplicationSettings settings,
      AuditTrail trail,
      Authorization authorization) {
    InstantSource clock = environment.clock();
    Supplier<UUID> ids = environment.ids();
    PasswordHasher passwords = cryptography.passwords();
    TokenGenerator tokens = cryptography.tokens();
    AttemptThrottle throttle = new AttemptThrottle(stores.failedAttempts(), clock);
    PasswordVerifier passwordVerifier =
        new PasswordVerifier(
            passwords, tokens, throttle, new PasswordCheckRateLimiter(clock), trail);
    SessionService sessions =
        new SessionService(
            stores.users(),
            stores.sessions(),
            passwords,
            tokens,
            passwordVerifier,
            trail,
            settings.sessionLimits(),
            clock);
    UserService users =
        new UserService(
            stores.users(), stores.sessions(), passwords, trail, clock, ids, environment.random());
    ApiKeyService apiKeys = new ApiKeyService(stores.apiKeys(), tokens, trail, clock, ids);
    ReadAuditLog readAuditLog = new ReadAuditLogService(stores.auditLog());
    return new IdentityUseCases(
        new AuthenticationService(
            tokens, stores.sessions(), stores.apiKeys(), settings.sessionLimits(), clock),
        new FixedWindowRateLimiter(
            stores.rateLimits(), trail, clock, ids.get(), settings.maxRequestsPerMinute()),
        new SignInService(
            stores.users(),
            stores.sessions(),
            passwords,
            tokens,
            passwordVerifier,
            trail,
            clock,
            ids,
            environment.telemetry()),
        new RegisterCustomerService(stores.users(), passwords, throttle, trail, clock, ids),
        SecuredManageSessions.secure(sessions, authorization),
        authorization.requiring(Permission.ADMINISTER, users::as),
        authorization.requiring(Permission.ADMINISTER, apiKeys::as),
        authorization.requiring(Permission.ADMINISTER, caller -> readAuditLog));
  }

  /** Returns the same use cases with another authentication. */
  public IdentityUseCases withAuthenticate(Authenticate otherAuthenticate) {
    return new IdentityUseCases(
        otherAuthenticate,
        rateLimiter,
        signIn,
        registerCustomer,
        manageSessions,
        manageUsers,
        manageApiKeys,
        readAuditLog);
  }
}
