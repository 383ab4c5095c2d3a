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
 * @param homes the only classes, beneath the root, that may start threads or wait for them
 */
record ThreadRules(String root, Set<String> homes) implements Rules {

  /** The classes of {@code java.lang} that make sense only where there are several threads. */
  static final List<Class<?>> THREADS =
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
  static final Set<String> HOMES =
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

  private static final List<Class<?>> WAITING =
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

  private static final Set<String> ABOUT_ONESELF =
      Set.of("currentThread", "interrupt", "isInterrupted", "interrupted");

  ThreadRules(String root) {
    this(root, HOMES);
  }

  ArchRule threadsHaveOneHome() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .and(areNoHomes())
        .should(Conditions.haveNothingToDoWithThreads())
        .as("domain and application leave threads, locks and all concurrency to one class")
        .because("a bound and a deadline hold only where there is no second way around them");
  }

  ArchRule adaptersStartNoThreads() {
    return noClasses()
        .that(resideInAnyPackage(root + ".adapters..", root + ".bootstrap..", root + ".client.."))
        .and(areNoHomes())
        .should()
        .dependOnClassesThat(describe("make threads wait", ThreadRules::makesWait))
        .orShould(Conditions.access(describe("a thread other than its own", ThreadRules::starts)))
        .as(
            "adapters, client and bootstrap start threads and wait for them in the listed classes"
                + " alone")
        .because("a thread that nobody expects is one that nobody stops");
  }

  private DescribedPredicate<JavaClass> areNoHomes() {
    return describe(
        "are no home of threads",
        type -> homes.stream().noneMatch(home -> isOrIsIn(type, root + "." + home)));
  }

  private static boolean isOrIsIn(JavaClass type, String home) {
    return type.getName().equals(home) || type.getName().startsWith(home + "$");
  }

  private static boolean makesWait(JavaClass type) {
    return WAITING.stream().anyMatch(type::isAssignableTo);
  }

  private static boolean starts(JavaAccess<?> access) {
    return access.getTargetOwner().isAssignableTo(Thread.class)
        && !ABOUT_ONESELF.contains(access.getName());
  }
}
