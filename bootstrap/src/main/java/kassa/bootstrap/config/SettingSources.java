package kassa.bootstrap.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Reads the settings of this process from its sources. */
public final class SettingSources {

  private static final Path FILE = Path.of("kassa.properties");

  private SettingSources() {}

  /**
   * Reads flags, environment variables and {@code kassa.properties} of the current folder.
   *
   * @throws InvalidConfigException if a name is unknown, the value of a flag is missing, or the
   *     file is not readable
   */
  public static Settings load(List<String> flags) {
    return Settings.merge(flags, System.getenv(), readFile());
  }

  private static Properties readFile() {
    Properties properties = new Properties();
    if (Files.exists(FILE)) {
      try (Reader reader = Files.newBufferedReader(FILE)) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new InvalidConfigException(List.of(FILE + " is not readable: " + unreadable));
      }
    }
    return properties;
  }
}
