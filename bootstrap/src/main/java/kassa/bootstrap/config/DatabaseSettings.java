package kassa.bootstrap.config;

import java.nio.file.Path;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;

/** Reads the settings of the database. */
final class DatabaseSettings {

  private DatabaseSettings() {}

  /**
   * Reads the database and its pool.
   *
   * @param dataDir the folder of the embedded database, which is the default database
   */
  static PersistenceConfig read(SettingReader reader, Path dataDir) {
    return new PersistenceConfig(
        reader.read(Setting.DB_URL, text -> parseUrl(text, dataDir)),
        reader.read(Setting.DB_POOL, text -> SettingParsers.parseInt(text, 1, 200)));
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
    // Rejects a malformed URL, and an H2 database that is not embedded.
    var _ = new DatabaseAdmin(url);
    return url;
  }
}
