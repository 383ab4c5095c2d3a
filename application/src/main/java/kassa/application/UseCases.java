package kassa.application;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.internal.SecuredUseCases;
import kassa.application.internal.catalogue.FindProductsService;
import kassa.application.internal.catalogue.ProductService;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.internal.identity.ApiKeyService;
import kassa.application.internal.identity.AttemptThrottle;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.AuthenticationService;
import kassa.application.internal.identity.Authorization;
import kassa.application.internal.identity.FirstAdminCreation;
import kassa.application.internal.identity.FixedWindowRateLimiter;
import kassa.application.internal.identity.PasswordVerifier;
import kassa.application.internal.identity.PurgeExpiredService;
import kassa.application.internal.identity.ReadAuditLogService;
import kassa.application.internal.identity.RegisterCustomerService;
import kassa.application.internal.identity.SessionLifetime;
import kassa.application.internal.identity.SessionService;
import kassa.application.internal.identity.SignInService;
import kassa.application.internal.identity.UserService;
import kassa.application.internal.order.AtomicBatchPlacement;
import kassa.application.internal.order.ChangeOrderStatusService;
import kassa.application.internal.order.FindOrdersService;
import kassa.application.internal.order.HistoricalOrderImport;
import kassa.application.internal.order.OrderPricing;
import kassa.application.internal.order.PlaceOrderService;
import kassa.application.internal.order.RefundOrderService;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.pricing.QuoteCartService;
import kassa.application.internal.report.ReportSalesService;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.internal.rule.CodeService;
import kassa.application.internal.rule.RuleService;
import kassa.application.internal.service.CheckReadinessService;
import kassa.application.port.in.Secured;
import kassa.application.port.in.catalogue.FindProducts;
import kassa.application.port.in.catalogue.ManageProducts;
import kassa.application.port.in.identity.Authenticate;
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.PurgeExpired;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.in.identity.ReadAuditLog;
import kassa.application.port.in.identity.RegisterCustomer;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.in.order.ChangeOrderStatus;
import kassa.application.port.in.order.FindOrder;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.ImportHistoricalOrders;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.RefundOrder;
import kassa.application.port.in.pricing.QuoteCart;
import kassa.application.port.in.report.ReportSales;
import kassa.application.port.in.rule.ManageCodes;
import kassa.application.port.in.rule.ManageRules;
import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.AuditLog;
import kassa.application.port.out.identity.FailedAttemptStore;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.application.port.out.rule.CodeStore;
import kassa.application.port.out.rule.RuleStore;
import kassa.application.port.out.rule.UsageStore;
import kassa.application.port.out.service.StoreProbe;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Permission;
import kassa.domain.rule.Policy;

/**
 * All that Kassa can be asked to do. Each use-case may be called by any number of threads.
 *
 * @param quoteCart tells what a cart costs
 * @param placeOrder places one order
 * @param placeOrderBatch places many
 * @param runIdempotently does calls with a key once
 * @param changeOrderStatus leads them through their life
 * @param refundOrder gives money back for them
 * @param findOrderToChange finds one that is to be moved or refunded
 * @param findOrders reads them
 * @param reportSales sums them up
 * @param manageRules writes the discount rules
 * @param manageCodes issues the codes that bring them
 * @param manageProducts changes the catalogue
 * @param findProducts reads it
 * @param authenticate tells who asks
 * @param rateLimiter tells who has asked too often
 * @param signIn lets people in and out
 * @param registerCustomer registers customers
 * @param manageSessions what people do with their own sessions
 * @param manageUsers manages people
 * @param manageApiKeys manages the keys of programs
 * @param readAuditLog reads what happened to them
 * @param checkReadiness tells whether the others can work
 */
public record UseCases(
    Secured<QuoteCart> quoteCart,
    Secured<PlaceOrder> placeOrder,
    Secured<PlaceOrderBatch> placeOrderBatch,
    RunIdempotently runIdempotently,
    Secured<ChangeOrderStatus> changeOrderStatus,
    Secured<RefundOrder> refundOrder,
    Secured<FindOrder> findOrderToChange,
    Secured<FindOrders> findOrders,
    Secured<ReportSales> reportSales,
    Secured<ManageRules> manageRules,
    Secured<ManageCodes> manageCodes,
    Secured<ManageProducts> manageProducts,
    Secured<FindProducts> findProducts,
    Authenticate authenticate,
    RateLimiter rateLimiter,
    SignIn signIn,
    RegisterCustomer registerCustomer,
    Secured<ManageSessions> manageSessions,
    Secured<ManageUsers> manageUsers,
    Secured<ManageApiKeys> manageApiKeys,
    Secured<ReadAuditLog> readAuditLog,
    CheckReadiness checkReadiness) {

  /**
   * What the use-cases keep things in.
   *
   * @param orders keeps the orders
   * @param idempotency keeps the answers of calls that carry a key
   * @param sales sums up the orders
   * @param rules keeps the rules
   * @param codes keeps the codes
   * @param limitUsage tells how far limits are used up
   * @param products keeps the catalogue
   * @param users keeps people
   * @param sessions keeps their sessions
   * @param apiKeys keeps the keys of programs
   * @param failedAttempts counts what was tried in vain
   * @param rateLimits adds up calls over all nodes
   * @param auditLog keeps what happened to users, sessions and keys
   * @param probe tells whether the store is there
   */
  public record Stores(
      OrderStore orders,
      IdempotencyStore idempotency,
      SalesLedger sales,
      RuleStore rules,
      CodeStore codes,
      UsageStore limitUsage,
      ProductStore products,
      UserStore users,
      SessionStore sessions,
      ApiKeyStore apiKeys,
      FailedAttemptStore failedAttempts,
      RateLimitStore rateLimits,
      AuditLog auditLog,
      StoreProbe probe) {}

  /**
   * What keeps secrets.
   *
   * @param passwords hashes passwords
   * @param tokens makes tokens
   */
  public record Secrets(PasswordHasher passwords, TokenGenerator tokens) {}

  /**
   * How long sessions go on.
   *
   * @param idleTimeout how long without being used, a minute or more
   * @param maxAge how long at most, as long as that or longer
   */
  public record SessionLimits(Duration idleTimeout, Duration maxAge) {

    /**
     * @throws IllegalArgumentException if they are too short
     */
    public SessionLimits {
      if (idleTimeout.compareTo(Duration.ofMinutes(1)) < 0 || maxAge.compareTo(idleTimeout) < 0) {
        throw new IllegalArgumentException("sessions must last a minute, and idle ones no longer");
      }
    }

    private SessionLifetime toLifetime() {
      return new SessionLifetime(idleTimeout, maxAge);
    }
  }

  /**
   * What the use-cases cannot know by themselves.
   *
   * @param clock the time
   * @param ids UUIDs of version 7, each greater than those before it
   * @param random a number from zero up to below the given one, which nobody can guess
   */
  public record Environment(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator random) {}

  /**
   * Makes the use-cases.
   *
   * @param sessionLimits how long sessions go on
   * @param callsPerMinute how many calls somebody may make in a minute, 1 or more
   * @param policy how rules work together, unless a request says otherwise
   * @param batchLimits how much is done at once
   */
  public static UseCases create(
      Stores stores,
      Environment environment,
      Secrets secrets,
      SessionLimits sessionLimits,
      int callsPerMinute,
      Policy policy,
      BatchLimits batchLimits) {
    InstantSource clock = environment.clock();
    Supplier<UUID> ids = environment.ids();
    AuditTrail trail = new AuditTrail(stores.auditLog(), clock);
    Authorization authorization = new Authorization(trail);
    SecuredUseCases guards = new SecuredUseCases(authorization);

    ActiveRuleSet activeRules = new ActiveRuleSet(stores.rules(), policy, clock);
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.limitUsage(), stores.orders());
    IdempotencyService idempotency = new IdempotencyService(stores.idempotency(), clock);
    PlaceOrderService placeOrder =
        new PlaceOrderService(
            stores.orders(), idempotency, new OrderPricing(pricing), activeRules, clock, ids);
    AtomicBatchPlacement atomicPlacement =
        new AtomicBatchPlacement(stores.orders(), idempotency, placeOrder);
    BoundedExecutor executor =
        new BoundedExecutor(clock, batchLimits.maxConcurrency(), batchLimits.deadline());
    FindOrdersService orders = new FindOrdersService(stores.orders());

    PasswordHasher passwords = secrets.passwords();
    TokenGenerator tokens = secrets.tokens();
    SessionLifetime lifetime = sessionLimits.toLifetime();
    AttemptThrottle throttle = new AttemptThrottle(stores.failedAttempts(), clock);
    PasswordVerifier passwordVerifier = new PasswordVerifier(passwords, tokens, throttle, trail);
    UserService userService =
        new UserService(
            stores.users(), stores.sessions(), passwords, trail, clock, ids, environment.random());
    ApiKeyService apiKeyService = new ApiKeyService(stores.apiKeys(), tokens, trail, clock, ids);
    SessionService sessionService =
        new SessionService(
            stores.users(),
            stores.sessions(),
            passwords,
            tokens,
            passwordVerifier,
            trail,
            lifetime,
            clock);

    return new UseCases(
        guards.secure(new QuoteCartService(pricing, activeRules, policy, clock)),
        guards.secure(placeOrder),
        guards.secure(placeOrder, atomicPlacement, executor),
        idempotency,
        guards.secure(
            orders, caller -> new ChangeOrderStatusService(stores.orders(), clock, caller.name())),
        authorization.requiring(
            Permission.MOVE_ORDERS,
            caller -> new RefundOrderService(stores.orders(), clock, caller.name())),
        guards.secureFindOrderToChange(orders),
        guards.secure(orders),
        requirePermission(
            new ReportSalesService(stores.sales(), clock), Permission.REPORT_SALES, authorization),
        guards.secure(
            new RuleService(stores.rules(), stores.limitUsage(), activeRules, clock, ids)),
        guards.secure(new CodeService(stores.codes(), activeRules, clock, environment.random())),
        requirePermission(
            new ProductService(stores.products(), clock), Permission.WRITE_PRODUCTS, authorization),
        requirePermission(
            new FindProductsService(stores.products()), Permission.SEE_PRODUCTS, authorization),
        new AuthenticationService(tokens, stores.sessions(), stores.apiKeys(), lifetime, clock),
        new FixedWindowRateLimiter(stores.rateLimits(), trail, clock, ids.get(), callsPerMinute),
        new SignInService(
            stores.users(),
            stores.sessions(),
            passwords,
            tokens,
            passwordVerifier,
            trail,
            clock,
            ids),
        new RegisterCustomerService(stores.users(), passwords, throttle, trail, clock, ids),
        guards.secure(sessionService),
        authorization.requiring(Permission.ADMINISTER, userService::as),
        authorization.requiring(Permission.ADMINISTER, apiKeyService::as),
        requirePermission(
            new ReadAuditLogService(stores.auditLog()), Permission.ADMINISTER, authorization),
        new CheckReadinessService(stores.probe()));
  }

  /** The same use-cases, where another one tells who asks. */
  public UseCases withAuthenticate(Authenticate authenticate) {
    return new UseCases(
        quoteCart,
        placeOrder,
        placeOrderBatch,
        runIdempotently,
        changeOrderStatus,
        refundOrder,
        findOrderToChange,
        findOrders,
        reportSales,
        manageRules,
        manageCodes,
        manageProducts,
        findProducts,
        authenticate,
        rateLimiter,
        signIn,
        registerCustomer,
        manageSessions,
        manageUsers,
        manageApiKeys,
        readAuditLog,
        checkReadiness);
  }

  private static <T> Secured<T> requirePermission(
      T useCase, Permission permission, Authorization authorization) {
    return authorization.requiring(permission, caller -> useCase);
  }

  /**
   * Makes the first admin, unless there is an admin who is not disabled, and tells whether it did.
   * For whoever runs Kassa; any number of nodes may do so at once.
   *
   * @throws kassa.domain.InvalidValueException if the password is one of the commonest
   * @throws IllegalStateException if the address is taken by a user who is no admin
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it did
   */
  public static boolean createFirstAdmin(
      Stores stores,
      Environment environment,
      Secrets secrets,
      EmailAddress email,
      Password password) {
    return createFirstAdmin(stores, environment, secrets).create(email, password);
  }

  /**
   * Makes the first admin as above, with a password that is made up. They are to change it within a
   * day.
   *
   * @return the password, told this once; nothing if there is an admin
   */
  public static Optional<Password> createFirstAdmin(
      Stores stores, Environment environment, Secrets secrets, EmailAddress email) {
    return createFirstAdmin(stores, environment, secrets).create(email, environment.random());
  }

  private static FirstAdminCreation createFirstAdmin(
      Stores stores, Environment environment, Secrets secrets) {
    InstantSource clock = environment.clock();
    return new FirstAdminCreation(
        stores.users(),
        secrets.passwords(),
        new AuditTrail(stores.auditLog(), clock),
        clock,
        environment.ids());
  }

  /** Makes the use-case that forgets sessions, attempts and calls. For whoever runs Kassa. */
  public static PurgeExpired purgeExpired(
      Stores stores, Environment environment, SessionLimits sessionLimits) {
    InstantSource clock = environment.clock();
    return new PurgeExpiredService(
        stores.sessions(),
        new AttemptThrottle(stores.failedAttempts(), clock),
        stores.rateLimits(),
        sessionLimits.toLifetime(),
        clock);
  }

  /**
   * Makes the use-case that records orders of the past. Nobody may ask for it but whoever runs
   * Kassa: it takes the time of each order as it is told.
   *
   * @param policy how rules work together
   */
  public static ImportHistoricalOrders importHistoricalOrders(
      Stores stores, Environment environment, Policy policy) {
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.limitUsage(), stores.orders());
    return new HistoricalOrderImport(
        stores.orders(),
        new OrderPricing(pricing),
        new ActiveRuleSet(stores.rules(), policy, environment.clock()));
  }
}
