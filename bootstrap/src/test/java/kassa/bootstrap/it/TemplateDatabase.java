package kassa.bootstrap.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import kassa.adapters.persistence.admin.OwnerOnly;
import org.jspecify.annotations.Nullable;

/**
 * Fixture: a database of each kind that a server has started with once, with the first admin and a
 * session. A copy saves the migrations, and the two password hashes of the first start and a login.
 */
final class TemplateDatabase {

  private static final String H2_FILE = "kassa.mv.db";

  /** Token of the session in each copy. */
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private TemplateDatabase() {}

  private static final class H2 {

    private static final byte[] FILE;
    private static final String TOKEN;

    static {
      try {
        Path folder = Files.createTempDirectory("kassa-template");
        TOKEN = startOnce(folder);
        FILE = Files.readAllBytes(folder.resolve("data").resolve(H2_FILE));
        deleteFolder(folder);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private static final class Postgres {

    private static final PostgresDatabase DATABASE;
    private static final String TOKEN;

    static {
      try {
        Path folder = Files.createTempDirectory("kassa-template");
        DATABASE = PostgresDatabase.createEmpty();
        TOKEN = startOnce(folder, "--db-url", DATABASE.url());
        deleteFolder(folder);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  private static String startOnce(Path folder, String... flags) throws IOException {
    try (KassaProcess kassa = KassaProcess.startFirst(folder, flags)) {
      String token = kassa.token();
      kassa.stop();
      return token;
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Creates a data folder with a copy of the H2 database, unless the folder exists. */
  static void copyTo(Path dataFolder) throws IOException {
    if (Files.exists(dataFolder)) {
      return;
    }
    byte[] content = H2.FILE;
    Path file = dataFolder.resolve(H2_FILE);
    OwnerOnly.createFolder(dataFolder);
    OwnerOnly.createFile(file);
    Files.write(file, content);
    TOKENS.put(dataFolder.toString(), H2.TOKEN);
  }

  /** Name of the PostgreSQL database, which nothing is connected to. */
  static String postgresName() {
    return Postgres.DATABASE.name();
  }

  /** Remembers that a PostgreSQL database is a copy. */
  static void addPostgresCopy(String url) {
    TOKENS.put(url, Postgres.TOKEN);
  }

  /** Returns the token of a session of the first admin, if the database is a copy. */
  static @Nullable String token(String urlOrDataFolder) {
    return TOKENS.get(urlOrDataFolder);
  }
}
