package kassa.adapters.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that accepts orders from several threads until it is killed, and tells of
 * each on its standard output after it was accepted.
 */
final class AcceptingProcess {

  private static final int THREADS = 4;

  private AcceptingProcess() {}

  /** Starts the process. */
  static Process start(String url, long seed) {
    return start(url, seed, "accept");
  }

  /** Starts a process that fills a database without orders, by one thread. */
  static Process startFilling(String url, long seed) {
    return start(url, seed, "fill");
  }

  private static Process start(String url, long seed, String what) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--class-path",
            everythingOfThisRun(),
            AcceptingProcess.class.getName(),
            url,
            Long.toString(seed),
            what);
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Opens the database at the url that comes first, and accepts by the seed that comes second, as
   * is said third.
   */
  public static void main(String[] arguments) {
    Persistence persistence = Persistence.open(new Persistence.Config(arguments[0], THREADS));
    SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
    if (arguments[2].equals("fill")) {
      persistence.fill(() -> acceptForEver(persistence, random));
    }
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom own = random.split();
      new Thread(() -> acceptForEver(persistence, own)).start();
    }
  }

  private static void acceptForEver(Persistence persistence, SplittableRandom random) {
    while (true) {
      SampleKind kind = SampleKind.any(random);
      UUID id = new UUID(0x019b_76da_a801_7000L, random.nextLong());
      persistence.orders().accept(kind.order(id));
      System.out.println(kind + " " + id);
    }
  }

  private static String everythingOfThisRun() {
    return Stream.of(
            ownFolder(),
            System.getProperty("jdk.module.path"),
            System.getProperty("java.class.path"))
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }

  /** The folder of the test classes, which are patched into the module. */
  private static String ownFolder() {
    try {
      Path file = Path.of(AcceptingProcess.class.getResource("AcceptingProcess.class").toURI());
      return file.getRoot().resolve(file.subpath(0, file.getNameCount() - 4)).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
