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
 * Where threads are started and waited for.
 *
 * @param root the package under which the rules look
 * @param allowedClasses the only classes, beneath the root, that may start threads or wait for them
 */
record ThreadRules(String root, Set<String> allowedClasses) implements ArchitectureRules {

  /** The classes of {@code java.lang} that make sense only where there are several threads. */
  static final List<Class<?>> THREAD_CLASSES =
      List.of(
          InheritableThreadLocal.class,
          ScopedValue.class,
          Thread.class,
          ThreadGroup.class,
          ThreadLocal.class);

  /**
   * Processing many orders at once; which calls with a key are under way; who asks for the rules in
   * force while others go on; what was written down just now and is not again; how many calls were
   * made; who is let in, and whether they have left; the turnstile in front of the pool of
   * connections; how many passwords are looked at at once; sending batches of a file at once; the
   * port for other commands of the owner; what is done from time to time; the hooks that stop a
   * server or an import, which the JDK wants to be threads.
   */
  static final Set<String> ALLOWED_CLASSES =
      Set.of(
          "application.internal.BoundedFanOut",
          "application.internal.OnceOnly",
          "application.internal.RuleBook",
          "application.internal.identity.AuditTrail",
          "application.internal.identity.CallCounting",
          "adapters.http.Admission",
          "adapters.persistence.FairPool",
          "adapters.persistence.GroupCommit",
          "adapters.persistence.H2Writes",
          "adapters.secrets.Places",
          "bootstrap.ControlSocket",
          "bootstrap.EndOfProcess",
          "bootstrap.Housekeeping",
          "bootstrap.Serving",
          "client.Feed");

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

  ArchRule threadsHaveOneHome() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .and(areNotAllowedClasses())
        .should(ArchConditions.notUseThreads())
        .as("domain and application leave threads, locks and all concurrency to one class")
        .because("a bound and a deadline hold only where there is no second way around them");
  }

  ArchRule adaptersStartNoThreads() {
    return noClasses()
        .that(resideInAnyPackage(root + ".adapters..", root + ".bootstrap..", root + ".client.."))
        .and(areNotAllowedClasses())
        .should()
        .dependOnClassesThat(describe("make threads wait", ThreadRules::isWaitingClass))
        .orShould(
            ArchConditions.access(
                describe("a thread other than its own", ThreadRules::controlsOtherThread)))
        .as(
            "adapters, client and bootstrap start threads and wait for them in the listed classes"
                + " alone")
        .because("a thread that nobody expects is one that nobody stops");
  }

  private DescribedPredicate<JavaClass> areNotAllowedClasses() {
    return describe(
        "are no home of threads",
        type -> allowedClasses.stream().noneMatch(home -> isSameOrNested(type, root + "." + home)));
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
