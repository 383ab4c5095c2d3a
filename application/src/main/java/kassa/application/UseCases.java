package kassa.application;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.internal.BoundedFanOut;
import kassa.application.internal.CartPricing;
import kassa.application.internal.CartQuoting;
import kassa.application.internal.CodeIssuing;
import kassa.application.internal.JointPlacement;
import kassa.application.internal.OnceOnly;
import kassa.application.internal.OrderMoving;
import kassa.application.internal.OrderPlacement;
import kassa.application.internal.OrderPricing;
import kassa.application.internal.OrderRecording;
import kassa.application.internal.OrderRefunding;
import kassa.application.internal.OrderSearch;
import kassa.application.internal.ProductKeeping;
import kassa.application.internal.ProductSearch;
import kassa.application.internal.Readiness;
import kassa.application.internal.RuleBook;
import kassa.application.internal.RuleWriting;
import kassa.application.internal.SalesReporting;
import kassa.application.internal.access.Access;
import kassa.application.internal.access.Guards;
import kassa.application.internal.identity.AuditReading;
import kassa.application.internal.identity.AuditTrail;
import kassa.application.internal.identity.Authentication;
import kassa.application.internal.identity.CallCounting;
import kassa.application.internal.identity.FirstAdmin;
import kassa.application.internal.identity.Forgetting;
import kassa.application.internal.identity.KeyKeeping;
import kassa.application.internal.identity.PasswordCheck;
import kassa.application.internal.identity.Registering;
import kassa.application.internal.identity.SessionKeeping;
import kassa.application.internal.identity.SessionLife;
import kassa.application.internal.identity.SigningIn;
import kassa.application.internal.identity.Throttle;
import kassa.application.internal.identity.UserKeeping;
import kassa.application.port.in.Authenticate;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CheckReadiness;
import kassa.application.port.in.CountCalls;
import kassa.application.port.in.FindOrder;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.FindProducts;
import kassa.application.port.in.ForgetOld;
import kassa.application.port.in.IssueCodes;
import kassa.application.port.in.KeepProducts;
import kassa.application.port.in.ManageKeys;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.ManageUsers;
import kassa.application.port.in.MoveOrder;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import kassa.application.port.in.QuoteCart;
import kassa.application.port.in.ReadAudit;
import kassa.application.port.in.RecordOrders;
import kassa.application.port.in.RefundOrder;
import kassa.application.port.in.Register;
import kassa.application.port.in.ReportSales;
import kassa.application.port.in.SignIn;
import kassa.application.port.in.WriteRules;
import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.AttemptStore;
import kassa.application.port.out.AuditLog;
import kassa.application.port.out.CallTally;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.SalesLedger;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.Tokens;
import kassa.application.port.out.UsageStore;
import kassa.application.port.out.UserStore;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Permission;
import kassa.domain.rule.Policy;

/**
 * All that Kassa can be asked to do. Each use-case may be called by any number of threads.
 *
 * @param quoteCart tells what a cart costs
 * @param placeOrder places one order
 * @param processOrders places many
 * @param callOnce does calls with a key once
 * @param moveOrder leads them through their life
 * @param refundOrder gives money back for them
 * @param findOrderToChange finds one that is to be moved or refunded
 * @param findOrders reads them
 * @param reportSales sums them up
 * @param writeRules writes the discount rules
 * @param issueCodes issues the codes that bring them
 * @param keepProducts changes the catalogue
 * @param findProducts reads it
 * @param authenticate tells who asks
 * @param countCalls tells who has asked too often
 * @param signIn lets people in and out
 * @param register registers customers
 * @param manageSessions what people do with their own sessions
 * @param manageUsers manages people
 * @param manageKeys manages the keys of programs
 * @param readAudit reads what happened to them
 * @param checkReadiness tells whether the others can work
 */
public record UseCases(
    ByCaller<QuoteCart> quoteCart,
    ByCaller<PlaceOrder> placeOrder,
    ByCaller<ProcessOrders> processOrders,
    CallOnce callOnce,
    ByCaller<MoveOrder> moveOrder,
    ByCaller<RefundOrder> refundOrder,
    ByCaller<FindOrder> findOrderToChange,
    ByCaller<FindOrders> findOrders,
    ByCaller<ReportSales> reportSales,
    ByCaller<WriteRules> writeRules,
    ByCaller<IssueCodes> issueCodes,
    ByCaller<KeepProducts> keepProducts,
    ByCaller<FindProducts> findProducts,
    Authenticate authenticate,
    CountCalls countCalls,
    SignIn signIn,
    Register register,
    ByCaller<ManageSessions> manageSessions,
    ByCaller<ManageUsers> manageUsers,
    ByCaller<ManageKeys> manageKeys,
    ByCaller<ReadAudit> readAudit,
    CheckReadiness checkReadiness) {

  /**
   * What the use-cases keep things in.
   *
   * @param orders keeps the orders
   * @param answers keeps the answers of calls that carry a key
   * @param sales sums up the orders
   * @param rules keeps the rules
   * @param codes keeps the codes
   * @param usages tells how far limits are used up
   * @param products keeps the catalogue
   * @param users keeps people
   * @param sessions keeps their sessions
   * @param keys keeps the keys of programs
   * @param attempts counts what was tried in vain
   * @param calls adds up calls over all nodes
   * @param audit keeps what happened to users, sessions and keys
   * @param probe tells whether the store is there
   */
  public record Stores(
      OrderStore orders,
      AnswerStore answers,
      SalesLedger sales,
      RuleStore rules,
      CodeStore codes,
      UsageStore usages,
      ProductStore products,
      UserStore users,
      SessionStore sessions,
      ApiKeyStore keys,
      AttemptStore attempts,
      CallTally calls,
      AuditLog audit,
      StoreProbe probe) {}

  /**
   * What keeps secrets.
   *
   * @param passwords hashes passwords
   * @param tokens makes tokens
   */
  public record Secrets(Passwords passwords, Tokens tokens) {}

  /**
   * How long sessions go on.
   *
   * @param idle how long without being used, a minute or more
   * @param absolute how long at most, as long as that or longer
   */
  public record SessionLimits(Duration idle, Duration absolute) {

    /**
     * @throws IllegalArgumentException if they are too short
     */
    public SessionLimits {
      if (idle.compareTo(Duration.ofMinutes(1)) < 0 || absolute.compareTo(idle) < 0) {
        throw new IllegalArgumentException("sessions must last a minute, and idle ones no longer");
      }
    }

    private SessionLife life() {
      return new SessionLife(idle, absolute);
    }
  }

  /**
   * What the use-cases cannot know by themselves.
   *
   * @param clock the time
   * @param ids UUIDs of version 7, each greater than those before it
   * @param chance a number from zero up to below the given one, which nobody can guess
   */
  public record Surroundings(InstantSource clock, Supplier<UUID> ids, IntUnaryOperator chance) {}

  /**
   * Makes the use-cases.
   *
   * @param sessionLimits how long sessions go on
   * @param callsPerMinute how many calls somebody may make in a minute, 1 or more
   * @param policy how rules work together, unless a request says otherwise
   * @param limits how much is done at once
   */
  public static UseCases create(
      Stores stores,
      Surroundings surroundings,
      Secrets secrets,
      SessionLimits sessionLimits,
      int callsPerMinute,
      Policy policy,
      ProcessingLimits limits) {
    InstantSource clock = surroundings.clock();
    Supplier<UUID> ids = surroundings.ids();
    AuditTrail trail = new AuditTrail(stores.audit(), clock);
    Access access = new Access(trail);
    Guards guards = new Guards(access);

    RuleBook book = new RuleBook(stores.rules(), policy, clock);
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.usages(), stores.orders());
    OnceOnly once = new OnceOnly(stores.answers(), clock);
    OrderPlacement placement =
        new OrderPlacement(stores.orders(), once, new OrderPricing(pricing), book, clock, ids);
    JointPlacement jointPlacement = new JointPlacement(stores.orders(), once, placement);
    BoundedFanOut fanOut = new BoundedFanOut(clock, limits.concurrency(), limits.deadline());
    OrderSearch orders = new OrderSearch(stores.orders());

    Passwords passwords = secrets.passwords();
    Tokens tokens = secrets.tokens();
    SessionLife life = sessionLimits.life();
    Throttle throttle = new Throttle(stores.attempts(), clock);
    PasswordCheck check = new PasswordCheck(passwords, tokens, throttle, trail);
    UserKeeping userKeeping =
        new UserKeeping(
            stores.users(), stores.sessions(), passwords, trail, clock, ids, surroundings.chance());
    KeyKeeping keyKeeping = new KeyKeeping(stores.keys(), tokens, trail, clock, ids);
    SessionKeeping sessionKeeping =
        new SessionKeeping(
            stores.users(), stores.sessions(), passwords, tokens, check, trail, life, clock);

    return new UseCases(
        guards.of(new CartQuoting(pricing, book, policy, clock)),
        guards.of(placement),
        guards.of(placement, jointPlacement, fanOut),
        once,
        guards.of(orders, caller -> new OrderMoving(stores.orders(), clock, caller.name())),
        access.needing(
            Permission.MOVE_ORDERS,
            caller -> new OrderRefunding(stores.orders(), clock, caller.name())),
        guards.toChange(orders),
        guards.of(orders),
        allOf(new SalesReporting(stores.sales(), clock), Permission.REPORT_SALES, access),
        guards.of(new RuleWriting(stores.rules(), stores.usages(), book, clock, ids)),
        guards.of(new CodeIssuing(stores.codes(), book, clock, surroundings.chance())),
        allOf(new ProductKeeping(stores.products(), clock), Permission.WRITE_PRODUCTS, access),
        allOf(new ProductSearch(stores.products()), Permission.SEE_PRODUCTS, access),
        new Authentication(tokens, stores.sessions(), stores.keys(), life, clock),
        new CallCounting(stores.calls(), trail, clock, ids.get(), callsPerMinute),
        new SigningIn(
            stores.users(), stores.sessions(), passwords, tokens, check, trail, clock, ids),
        new Registering(stores.users(), passwords, throttle, trail, clock, ids),
        guards.of(sessionKeeping),
        access.needing(Permission.ADMINISTER, userKeeping::by),
        access.needing(Permission.ADMINISTER, keyKeeping::by),
        allOf(new AuditReading(stores.audit()), Permission.ADMINISTER, access),
        new Readiness(stores.probe()));
  }

  /** The same use-cases, where another one tells who asks. */
  public UseCases with(Authenticate other) {
    return new UseCases(
        quoteCart,
        placeOrder,
        processOrders,
        callOnce,
        moveOrder,
        refundOrder,
        findOrderToChange,
        findOrders,
        reportSales,
        writeRules,
        issueCodes,
        keepProducts,
        findProducts,
        other,
        countCalls,
        signIn,
        register,
        manageSessions,
        manageUsers,
        manageKeys,
        readAudit,
        checkReadiness);
  }

  private static <T> ByCaller<T> allOf(T useCase, Permission permission, Access access) {
    return access.needing(permission, caller -> useCase);
  }

  /**
   * Makes the first admin, unless there is an admin who is not disabled, and tells whether it did.
   * For whoever runs Kassa; any number of nodes may do so at once.
   *
   * @throws kassa.domain.InvalidValueException if the password is one of the commonest
   * @throws IllegalStateException if the address is taken by a user who is no admin
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it did
   */
  public static boolean firstAdmin(
      Stores stores,
      Surroundings surroundings,
      Secrets secrets,
      EmailAddress email,
      Password password) {
    return firstAdmin(stores, surroundings, secrets).make(email, password);
  }

  /**
   * Makes the first admin as above, with a password that is made up. They are to change it within a
   * day.
   *
   * @return the password, told this once; nothing if there is an admin
   */
  public static Optional<Password> firstAdmin(
      Stores stores, Surroundings surroundings, Secrets secrets, EmailAddress email) {
    return firstAdmin(stores, surroundings, secrets).make(email, surroundings.chance());
  }

  private static FirstAdmin firstAdmin(Stores stores, Surroundings surroundings, Secrets secrets) {
    InstantSource clock = surroundings.clock();
    return new FirstAdmin(
        stores.users(),
        secrets.passwords(),
        new AuditTrail(stores.audit(), clock),
        clock,
        surroundings.ids());
  }

  /** Makes the use-case that forgets sessions, attempts and calls. For whoever runs Kassa. */
  public static ForgetOld forgetOld(
      Stores stores, Surroundings surroundings, SessionLimits sessionLimits) {
    InstantSource clock = surroundings.clock();
    return new Forgetting(
        stores.sessions(),
        new Throttle(stores.attempts(), clock),
        stores.calls(),
        sessionLimits.life(),
        clock);
  }

  /**
   * Makes the use-case that records orders of the past. Nobody may ask for it but whoever runs
   * Kassa: it takes the time of each order as it is told.
   *
   * @param policy how rules work together
   */
  public static RecordOrders recordOrders(Stores stores, Surroundings surroundings, Policy policy) {
    CartPricing pricing =
        new CartPricing(stores.products(), stores.codes(), stores.usages(), stores.orders());
    return new OrderRecording(
        stores.orders(),
        new OrderPricing(pricing),
        new RuleBook(stores.rules(), policy, surroundings.clock()));
  }
}
