package kassa.bootstrap.config;

import java.nio.file.Path;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the database. */
final class DatabaseSettings {

  private DatabaseSettings() {}

  /**
   * Reads the database, its standby, and their pools.
   *
   * @param dataDir the folder of the embedded database, which is the default database
   */
  static PersistenceConfig read(SettingReader reader, Path dataDir) {
    // Not the parsed URL: an invalid one is replaced by the default, which is embedded.
    boolean embedded = reader.readUnstripped(Setting.DB_URL).strip().matches("|jdbc:h2:.*");
    return new PersistenceConfig(
        reader.read(Setting.DB_URL, text -> parseUrl(text, dataDir)),
        reader.read(Setting.DB_POOL, text -> SettingParsers.parseInt(text, 1, 200)),
        reader.read(Setting.DB_READ_URL, text -> parseReadUrl(text, embedded)),
        reader.read(Setting.DB_READ_POOL, text -> SettingParsers.parseInt(text, 1, 200)));
  }

  /**
   * Parses the path of the data folder.
   *
   * @throws IllegalArgumentException if it is empty or cannot be part of a JDBC URL
   */
  static Path parseDataDir(String text) {
    Path folder = Path.of(text).toAbsolutePath().normalize();
    if (text.isEmpty() || folder.toString().contains(";")) {
      throw new IllegalArgumentException("must be the path of a folder, without semicolons");
    }
    return folder;
  }

  private static String parseUrl(String url, Path dataDir) {
    if (url.isEmpty()) {
      return "jdbc:h2:file:" + dataDir.resolve("kassa");
    }
    requireValid(url);
    return url;
  }

  private static @Nullable String parseReadUrl(String url, boolean hasEmbeddedDatabase) {
    if (url.isEmpty()) {
      return null;
    }
    if (hasEmbeddedDatabase) {
      throw new IllegalArgumentException(
          "needs a PostgreSQL database in KASSA_DB_URL; H2 has no standby");
    }
    if (!url.matches("(?s)jdbc:postgresql:.*|(jdbc:)?postgres(ql)?://.*")) {
      throw new IllegalArgumentException("must start with postgresql:// or jdbc:postgresql:");
    }
    requireValid(url);
    return url;
  }

  /** Rejects a malformed URL, and an H2 database that is not embedded. */
  private static void requireValid(String url) {
    var _ = new DatabaseAdmin(url);
  }
}
