package kassa.bootstrap.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of the settings and their sources. A flag overrides an environment variable, a variable
 * overrides the file.
 *
 * @param values the given settings; all others have their default values
 */
public record Settings(Map<Setting, Value> values) {

  /**
   * Value of a setting and its source.
   *
   * @param text the value
   * @param source the source: {@code flag}, {@code environment}, {@code kassa.properties} or {@code
   *     default}
   */
  public record Value(String text, String source) {

    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
      return "Value[" + source + "]";
    }
  }

  /**
   * Merges the settings of all sources.
   *
   * @param flags the settings that are given as flags
   * @param environment all variables; names that start with {@code KASSA_} are settings
   * @param file the content of {@code kassa.properties}; empty if the file does not exist
   * @throws InvalidConfigException if a name is unknown; reports all errors
   */
  static Settings merge(
      Map<Setting, String> flags, Map<String, String> environment, Properties file) {
    List<String> errors = new ArrayList<>();
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    addFromFile(file, values, errors);
    addFromEnvironment(environment, values, errors);
    flags.forEach((setting, text) -> values.put(setting, new Value(text, "flag")));
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
    return new Settings(values);
  }

  /**
   * Reads flags of settings without a library, because loading one would delay the start.
   *
   * @return {@code null} if an argument is anything else, such as a command, a help flag or an
   *     error
   */
  public static @Nullable Map<Setting, String> readFlags(List<String> arguments) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String[] parts = rest.next().split("=", 2);
      Setting setting =
          parts[0].startsWith("--") ? Setting.fromKey(parts[0].substring(2)).orElse(null) : null;
      String text = parts.length == 2 ? parts[1] : rest.hasNext() ? rest.next() : null;
      if (setting == null || text == null || (parts.length == 1 && text.startsWith("--"))) {
        return null;
      }
      flags.put(setting, text);
    }
    return flags;
  }

  /** Value of a setting and its source. */
  public Value value(Setting setting) {
    return values.getOrDefault(setting, new Value(setting.defaultValue(), "default"));
  }

  /** Value of a setting without leading and trailing white space. */
  String text(Setting setting) {
    return value(setting).text().strip();
  }

  private static void addFromFile(
      Properties file, Map<Setting, Value> values, List<String> errors) {
    for (String key : file.stringPropertyNames().stream().sorted().toList()) {
      Setting.fromKey(key)
          .ifPresentOrElse(
              setting -> values.put(setting, new Value(file.getProperty(key), "kassa.properties")),
              () -> errors.add("kassa.properties: unknown setting '" + key + "'" + hint(key)));
    }
  }

  /** Names the key if it was written like a variable. */
  private static String hint(String key) {
    String plain =
        key.toLowerCase(Locale.ROOT)
            .replace('_', '-')
            .replace('.', '-')
            .replaceFirst("^kassa-", "");
    return Setting.fromKey(plain).map(setting -> "; its key is " + setting.key()).orElse("");
  }

  /** Whether Kubernetes sets a variable for a service with the name kassa. */
  static boolean isSetByKubernetes(String name, String value) {
    return name.startsWith("KASSA_SERVICE_")
        || name.startsWith("KASSA_PORT_")
        || (name.equals("KASSA_PORT") && value.matches("(?:tcp|udp|sctp)://.*"));
  }

  private static void addFromEnvironment(
      Map<String, String> environment, Map<Setting, Value> values, List<String> errors) {
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (name.startsWith("KASSA_") && !isSetByKubernetes(name, value)) {
            Setting.fromEnvironmentVariable(name)
                .ifPresentOrElse(
                    setting -> values.put(setting, new Value(value, "environment")),
                    () -> errors.add("unknown setting '" + name + "'"));
          }
        });
  }
}
