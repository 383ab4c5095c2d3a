package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;

/**
 * Rules on threads, locks and other concurrency.
 *
 * @param root the package under which the rules look
 * @param allowedClasses the only classes, without the root, that may start threads or wait for them
 */
record ThreadRules(String root, Set<String> allowedClasses) implements ArchitectureRules {

  /** The classes of {@code java.lang} for several threads. */
  static final List<Class<?>> THREAD_CLASSES =
      List.of(
          InheritableThreadLocal.class,
          ScopedValue.class,
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class);

  /**
   * The only classes that start threads or wait for them: bounded execution of batches, the memory
   * budget of large orders, the feed of events, idempotency keys in progress, the rule cache,
   * debounced audit events, rate limit counters, concurrency limits of HTTP, the fair connection
   * pool, reads that wait for a standby, the one owner of an H2 file, group commit, the password
   * hashing bulkhead, the sender of an import, the local admin server, scheduled tasks and shutdown
   * hooks.
   */
  static final Set<String> ALLOWED_CLASSES =
      Set.of(
          "application.internal.concurrent.BoundedExecutor",
          "application.internal.concurrent.WeightBudget",
          "application.internal.event.EventFeed",
          "application.internal.idempotency.IdempotencyService",
          "application.internal.rule.ActiveRuleSet",
          "application.internal.identity.AuditTrail",
          "application.internal.identity.FixedWindowRateLimiter",
          "adapters.http.jetty.AddressConnectionLimit",
          "adapters.http.jetty.LingeringClose",
          "application.internal.identity.PasswordCheckRateLimiter",
          "adapters.http.routing.ConcurrencyLimiter",
          "adapters.persistence.jdbc.FairConnectionPool",
          "adapters.persistence.jdbc.GroupCommit",
          "adapters.persistence.jdbc.H2Connections",
          "adapters.persistence.jdbc.H2TransactionExecutor",
          "adapters.persistence.jdbc.WalPosition",
          "adapters.secrets.HashingBulkhead",
          "adapters.webhooks.AnswerListener",
          "adapters.webhooks.ReceiverClient",
          "application.internal.webhook.DeliveryPace",
          "application.internal.webhook.DeliverySending",
          "application.internal.webhook.EndpointLoop",
          "application.internal.webhook.WebhookEngine",
          "bootstrap.admin.LocalAdminServer",
          "bootstrap.cli.ShutdownHook",
          "bootstrap.server.ScheduledTasks",
          "bootstrap.server.WarmUp",
          "adapters.http.jetty.JettyThreads",
          "adapters.http.jetty.NonBlockingDispatcher",
          "bootstrap.cli.ServeCommand",
          "client.BatchSender");

  private static final List<Class<?>> WAITING_CLASSES =
      List.of(
          Condition.class,
          CountDownLatch.class,
          CyclicBarrier.class,
          Exchanger.class,
          Executor.class,
          Executors.class,
          Future.class,
          Lock.class,
          LockSupport.class,
          Phaser.class,
          ReadWriteLock.class,
          Semaphore.class,
          StampedLock.class,
          ThreadFactory.class,
          Timer.class);

  private static final Set<String> OWN_THREAD_METHODS =
      Set.of("currentThread", "interrupt", "isInterrupted", "interrupted");

  ThreadRules(String root) {
    this(root, ALLOWED_CLASSES);
  }

  ArchRule onlyListedCoreClassesUseThreads() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .and(areNotAllowedClasses())
        .should(ArchConditions.notUseThreads())
        .as("domain and application use threads and locks in the listed classes alone")
        .because("concurrency needs a bound, a deadline and one place to review");
  }

  ArchRule onlyListedAdapterClassesUseThreads() {
    return noClasses()
        .that(resideInAnyPackage(root + ".adapters..", root + ".bootstrap..", root + ".client.."))
        .and(areNotAllowedClasses())
        .should()
        .dependOnClassesThat(describe("make threads wait", ThreadRules::isWaitingClass))
        .orShould(
            ArchConditions.access(
                describe("a thread other than its own", ThreadRules::controlsOtherThread)))
        .as(
            "adapters, client and bootstrap start threads and wait for threads in the listed"
                + " classes alone")
        .because("every thread needs an owner that stops it");
  }

  private DescribedPredicate<JavaClass> areNotAllowedClasses() {
    return describe(
        "are not listed",
        type ->
            allowedClasses.stream()
                .noneMatch(allowed -> isSameOrNested(type, root + "." + allowed)));
  }

  private static boolean isSameOrNested(JavaClass type, String allowedClass) {
    return type.getName().equals(allowedClass) || type.getName().startsWith(allowedClass + "$");
  }

  private static boolean isWaitingClass(JavaClass type) {
    return WAITING_CLASSES.stream().anyMatch(type::isAssignableTo);
  }

  private static boolean controlsOtherThread(JavaAccess<?> access) {
    return access.getTargetOwner().isAssignableTo(Thread.class)
        && !OWN_THREAD_METHODS.contains(access.getName());
  }
}
