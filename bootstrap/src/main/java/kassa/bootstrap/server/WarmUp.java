package kassa.bootstrap.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import kassa.adapters.http.ApiConfig;
import kassa.adapters.http.HttpServer;
import kassa.adapters.persistence.Persistence;
import kassa.application.UseCases;
import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.in.service.CheckReadiness.Readiness;
import kassa.bootstrap.config.Config;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the API inside this process after a start, so that the JVM compiles what requests need,
 * before the server reports that it is ready. Orders are inserted and rolled back, and the callers
 * exist only here: nothing is left behind. It pauses while the server has requests. See
 * docs/decisions/0164.
 */
final class WarmUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** On a quick machine the time would allow more rolled back orders than it takes. */
  static final int MAX_CALLS = 50_000;

  /** Enough for groups of orders that share a transaction. */
  private static final int CLIENTS = 32;

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final Duration duration;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean isRunning;
  private volatile boolean isStopped;
  private @Nullable Thread thread;

  /**
   * @param duration how long the warm-up takes at most; zero for none
   */
  WarmUp(Duration duration) {
    this.duration = duration;
    this.isRunning = duration.isPositive();
  }

  /** Returns a check that reports a ready server only after the warm-up. */
  CheckReadiness beforeReady(CheckReadiness check) {
    return () -> {
      Readiness readiness = check.check();
      return readiness == Readiness.READY && isRunning ? Readiness.WARMING_UP : readiness;
    };
  }

  /**
   * Starts the warm-up on threads of its own. Called once. Its failure ends it, and nothing else.
   *
   * @param isIdle whether the server has no requests
   */
  void start(
      Persistence persistence,
      Config config,
      ApiConfig api,
      String version,
      BooleanSupplier isIdle) {
    if (!isRunning) {
      return;
    }
    long started = System.nanoTime();
    BooleanSupplier mayContinue =
        () -> !isStopped && System.nanoTime() - started < duration.toNanos();
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("warm-up")
            .start(() -> {
              try {
                run(persistence, config, api, version, isIdle, mayContinue);
                LOG.info(
                    "Warmed up by {} calls in {} ms",
                    calls.get(),
                    Duration.ofNanos(System.nanoTime() - started).toMillis());
              } catch (RuntimeException failure) {
                LOG.warn("The warm-up ended early", failure);
              } finally {
                isRunning = false;
              }
            });
  }

  private void run(
      Persistence persistence,
      Config config,
      ApiConfig api,
      String version,
      BooleanSupplier isIdle,
      BooleanSupplier mayContinue) {
    UseCases useCases =
        ApplicationWiring.wireWithoutRateLimit(
                persistence.rehearsalStores(1 + new SecureRandom().nextLong(Long.MAX_VALUE / 2)),
                config,
                InstantSource.system())
            .useCases()
            .withAuthenticate(WarmUp::caller);
    boolean storesOrders =
        switch (useCases.service().checkReadiness().check()) {
          case READY, WARMING_UP -> true;
          case READ_ONLY -> false;
          case UNAVAILABLE -> throw new IllegalStateException("the database does not respond");
        };
    try (HttpServer server = HttpServer.openWithoutAddress(config.http(), version)) {
      server.serve(api, useCases);
      WarmUpRequests requests =
          WarmUpRequests.of(
              api.currencies().codes(), server.respond(WarmUpRequests.LIST), storesOrders);
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < CLIENTS; i++) {
          clients.execute(() -> send(server, requests, isIdle, mayContinue));
        }
      }
    }
    // The garbage of the warm-up is not that of the first requests.
    Runtime.getRuntime().gc();
  }

  private void send(
      HttpServer server,
      WarmUpRequests requests,
      BooleanSupplier isIdle,
      BooleanSupplier mayContinue) {
    while (mayContinue.getAsBoolean()) {
      if (!isIdle.getAsBoolean()) {
        pause();
      } else {
        int number = calls.getAndIncrement();
        if (number >= MAX_CALLS) {
          return;
        }
        var _ = server.respond(requests.get(number));
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The callers of most shops: an admin, and a program. Their ids belong to no user. */
  private static Optional<Caller> caller(String token) {
    return Optional.of(
        token.equals(WarmUpRequests.PROGRAM)
            ? new Caller.ApiClient(new ApiKeyId(new UUID(0, 1)), EnumSet.allOf(Scope.class))
            : new Caller.SignedIn(
                new UserId(new UUID(0, 2)), Role.ADMIN, new SessionId(new UUID(0, 3))));
  }

  /** Ends the warm-up, and waits for its calls. Before the database is closed. */
  @Override
  public void close() {
    isStopped = true;
    if (thread != null) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
