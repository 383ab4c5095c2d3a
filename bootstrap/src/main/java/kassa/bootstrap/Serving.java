package kassa.bootstrap;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server until the process is told to end. */
final class Serving {

  private Serving() {}

  /**
   * Starts, says where, and does not return.
   *
   * @throws RuntimeException if the server cannot be started
   */
  static void run(Config config, String version) {
    Logging.use(config.log());
    Kassa kassa = Kassa.start(config, version);
    Logger log = LoggerFactory.getLogger(Serving.class);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kassa.close();
                  log.info("Stopped");
                },
                "stop"));
    warn(log, config);
    System.out.print(
        Texts.welcome(
            kassa.address(),
            millisSinceStart(),
            kassa.nextOrderNumber(),
            config.admin(),
            kassa.madeUpPassword()));
    System.out.flush();
    waitForTheEnd();
  }

  private static void warn(Logger log, Config config) {
    if (config.isHeardByOthers()) {
      log.warn(
          "Passwords and orders cross the network in clear text: give KASSA_TLS_CERTIFICATE and"
              + " KASSA_TLS_KEY, or let something in front of Kassa speak TLS");
    }
  }

  private static long millisSinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** The server runs on virtual threads, which keep no process alive; this thread does. */
  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
