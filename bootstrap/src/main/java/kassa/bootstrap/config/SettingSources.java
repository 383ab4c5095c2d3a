package kassa.bootstrap.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Where the settings of this process come from. */
public final class SettingSources {

  private static final Path FILE = Path.of("kassa.properties");

  private SettingSources() {}

  /**
   * The settings of this process: its flags, its environment and the file in the current folder.
   *
   * @throws InvalidConfigException if a name is unknown, or the file cannot be read
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
        throw new InvalidConfigException(List.of(FILE + " cannot be read: " + unreadable));
      }
    }
    return properties;
  }
}
