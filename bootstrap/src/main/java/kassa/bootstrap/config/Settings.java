package kassa.bootstrap.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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
   * @param flags the arguments after the name of the command
   * @param environment all variables; names that start with {@code KASSA_} are settings
   * @param file the content of {@code kassa.properties}; empty if the file does not exist
   * @throws InvalidConfigException if a name is unknown or the value of a flag is missing; reports
   *     all errors
   */
  static Settings merge(List<String> flags, Map<String, String> environment, Properties file) {
    List<String> errors = new ArrayList<>();
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    addFromFile(file, values, errors);
    addFromEnvironment(environment, values, errors);
    addFromFlags(flags, values, errors);
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
    return new Settings(values);
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
              () -> errors.add("kassa.properties: unknown setting '" + key + "'"));
    }
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

  private static void addFromFlags(
      List<String> flags, Map<Setting, Value> values, List<String> errors) {
    // The argument after a secret or an unknown flag may be a part of a secret: never print it.
    @Nullable String secretFlag = null;
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      Setting setting =
          name.startsWith("--") ? Setting.fromKey(name.substring(2)).orElse(null) : null;
      if (setting == null && secretFlag != null && !name.startsWith("--")) {
        errors.add(
            "unexpected argument after " + secretFlag + "; quote values that contain spaces");
      } else if (setting == null) {
        errors.add("unknown command or flag " + name + "; see ./kassa --help");
      } else if (equals >= 0) {
        values.put(setting, new Value(flag.substring(equals + 1), "flag"));
      } else if (i + 1 < flags.size()) {
        i++;
        values.put(setting, new Value(flags.get(i), "flag"));
      } else {
        errors.add(name + " needs a value");
      }
      if (name.startsWith("--")) {
        secretFlag = setting == null || setting.isSecret() ? name : secretFlag;
      }
    }
  }
}
