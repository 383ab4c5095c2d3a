package kassa.bootstrap.cli;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import kassa.bootstrap.config.Config;
import kassa.bootstrap.config.LogbackConfigurator;
import kassa.bootstrap.config.SettingSources;
import kassa.bootstrap.server.KassaServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server until the process receives SIGTERM or SIGINT. */
public final class ServeCommand {

  private ServeCommand() {}

  /**
   * Starts the server, prints the startup message and does not return.
   *
   * @throws RuntimeException if the server cannot start
   */
  public static void run(Config config, String version) {
    LogbackConfigurator.setFormat(config.logFormat());
    Logger log = LoggerFactory.getLogger(ServeCommand.class);
    List<String> ignored = SettingSources.ignoredVariables();
    if (!ignored.isEmpty()) {
      log.info("Ignored variables that Kubernetes sets for a service: {}", ignored);
    }
    KassaServer kassa = KassaServer.start(config, version);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  kassa.close();
                  log.info("Stopped");
                },
                "shutdown"));
    warnIfPlainHttpExposed(log, config);
    System.out.print(
        CliMessages.startupMessage(
            kassa.address(),
            config.dataDir(),
            millisSinceStart(),
            config.identity().firstAdmin(),
            kassa.generatedAdminPassword()));
    System.out.flush();
    awaitTermination();
  }

  private static void warnIfPlainHttpExposed(Logger log, Config config) {
    if (config.isPlainHttpExposed()) {
      log.warn(
          "Passwords and orders are sent unencrypted: set KASSA_TLS_CERTIFICATE and KASSA_TLS_KEY,"
              + " or put a TLS reverse proxy in front of Kassa");
    }
  }

  private static long millisSinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** Keeps the process alive, because the virtual threads of the server do not. */
  private static void awaitTermination() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
