package kassa.bootstrap.cli;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.LogbackConfigurator;
import kassa.bootstrap.server.KassaServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server until the process is told to end. */
public final class ServeCommand {

  private ServeCommand() {}

  /**
   * Starts, says where, and does not return.
   *
   * @throws RuntimeException if the server cannot be started
   */
  public static void run(Config config, String version) {
    LogbackConfigurator.setFormat(config.logFormat());
    KassaServer kassa = KassaServer.start(config, version);
    Logger log = LoggerFactory.getLogger(ServeCommand.class);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kassa.close();
                  log.info("Stopped");
                },
                "stop"));
    warnIfPlainHttpExposed(log, config);
    System.out.print(
        CliMessages.startupMessage(
            kassa.address(),
            millisSinceStart(),
            kassa.nextOrderNumber(),
            config.firstAdmin(),
            kassa.generatedAdminPassword()));
    System.out.flush();
    awaitTermination();
  }

  private static void warnIfPlainHttpExposed(Logger log, Config config) {
    if (config.isPlainHttpExposed()) {
      log.warn(
          "Passwords and orders cross the network in clear text: give KASSA_TLS_CERTIFICATE and"
              + " KASSA_TLS_KEY, or let something in front of Kassa speak TLS");
    }
  }

  private static long millisSinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** The server runs on virtual threads, which keep no process alive; this thread does. */
  private static void awaitTermination() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
