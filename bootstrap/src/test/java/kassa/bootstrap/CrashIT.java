package kassa.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server at random moments while it is busy. {@code -Dkassa.kills=50} kills it so many
 * times on each database.
 */
class CrashIT {

  private static final int KILLS = Integer.getInteger("kassa.kills", 5);
  private static final int MOST_ORDERS = 300;

  private final long seed = new SplittableRandom().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir private Path folder;

  @Test
  void nothing_acknowledged_is_lost_and_nothing_is_half_written_on_h2() throws Exception {
    kill("jdbc:h2:file:" + folder.resolve("data").resolve("kassa") + ";USER=sa");
  }

  @Test
  void nothing_acknowledged_is_lost_and_nothing_is_half_written_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      kill(url, "--db-url", url);
    }
  }

  private void kill(String url, String... flags) throws Exception {
    OrderLoad load = OrderLoad.on();
    for (int kill = 1; kill <= KILLS; kill++) {
      String when = "after kill " + kill + ", seed " + seed;
      try (Launched node = Launched.serve(folder, flags)) {
        if (kill == 1) {
          OrderLoad.prepare(node);
        }
        load.assertKept(node, "before kill " + kill + ", seed " + seed);
        load = load.goingOnWith(node);
        load.begin(random);
        load.awaitMore(random.nextInt(1, MOST_ORDERS));
        load.letConnectionsBreak();
        node.kill();
        load.end();
      }
      try (Launched node = Launched.serve(folder, flags)) {
        load.assertKept(node, when);
        load = load.goingOnWith(node);
        load.begin(random);
        load.awaitMore(20);
        load.end();
        node.stop();
      }
      Books.assertAgree(url, load.orders(), when);
    }
    try (Launched node = Launched.serve(folder, flags)) {
      load.assertKept(node, "in the end, seed " + seed);
    }
  }
}
