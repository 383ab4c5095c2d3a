package kassa.bootstrap.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads the settings of this process from its sources. */
public final class SettingSources {

  private static final Path FILE = Path.of("kassa.properties");

  private SettingSources() {}

  /**
   * Merges flags, environment variables and {@code kassa.properties} of the current folder.
   *
   * @throws InvalidConfigException if a name is unknown or the file is not readable
   */
  public static Settings load(Map<Setting, String> flags) {
    return Settings.merge(flags, System.getenv(), readFile());
  }

  /** Names of the variables that Kubernetes sets for a service with the name kassa. */
  public static List<String> ignoredVariables() {
    return System.getenv().entrySet().stream()
        .filter(variable -> Settings.isSetByKubernetes(variable.getKey(), variable.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Properties readFile() {
    Properties properties = new Properties();
    if (Files.exists(FILE)) {
      try {
        properties.load(new StringReader(decode(Files.readAllBytes(FILE))));
      } catch (IOException | IllegalArgumentException unreadable) {
        throw new InvalidConfigException(List.of(FILE + " is not readable: " + unreadable));
      }
    }
    return properties;
  }

  /**
   * Decodes the content of a file, with or without a byte order mark.
   *
   * @throws InvalidConfigException if it is not UTF-8; names the first such line
   */
  static String decode(byte[] content) {
    CharBuffer text = CharBuffer.allocate(content.length);
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (!StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isUnderflow()) {
      long line = text.flip().chars().filter(character -> character == '\n').count() + 1;
      throw new InvalidConfigException(
          List.of(FILE + ", line " + line + ": is not UTF-8; save the file as UTF-8"));
    }
    String decoded = text.flip().toString();
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }
}
