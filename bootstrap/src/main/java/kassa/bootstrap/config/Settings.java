package kassa.bootstrap.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was set, and where. A flag beats an environment variable, which beats the file.
 *
 * @param values the settings that are not left at their defaults
 */
public record Settings(Map<Setting, Value> values) {

  /**
   * A value and where it comes from.
   *
   * @param text the value
   * @param source for people: {@code flag}, {@code environment}, {@code kassa.properties} or {@code
   *     default}
   */
  public record Value(String text, String source) {

    /** Not the value: it may be a secret. */
    @Override
    public String toString() {
      return "Value[" + source + "]";
    }
  }

  /**
   * Gathers the settings.
   *
   * @param flags the command line's arguments behind the command
   * @param environment all variables; those that begin with {@code KASSA_} are ours
   * @param file the content of the file; empty if there is none
   * @throws InvalidConfigException if a name is unknown or a flag has no value; tells all of them
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

  /** The value of a setting, and where it comes from. */
  public Value value(Setting setting) {
    return values.getOrDefault(setting, new Value(setting.defaultValue(), "default"));
  }

  /** The value of a setting, without white space around it. */
  String text(Setting setting) {
    return value(setting).text().strip();
  }

  private static void addFromFile(
      Properties file, Map<Setting, Value> values, List<String> errors) {
    for (String key : file.stringPropertyNames().stream().sorted().toList()) {
      Setting.fromKey(key)
          .ifPresentOrElse(
              setting -> values.put(setting, new Value(file.getProperty(key), "kassa.properties")),
              () -> errors.add("kassa.properties: there is no setting '" + key + "'"));
    }
  }

  private static void addFromEnvironment(
      Map<String, String> environment, Map<Setting, Value> values, List<String> errors) {
    new TreeMap<>(environment)
        .forEach((name, value) -> {
          if (name.startsWith("KASSA_")) {
            Setting.fromEnvironmentVariable(name)
                .ifPresentOrElse(
                    setting -> values.put(setting, new Value(value, "environment")),
                    () -> errors.add("there is no setting " + name));
          }
        });
  }

  private static void addFromFlags(
      List<String> flags, Map<Setting, Value> values, List<String> errors) {
    // What stands behind a secret, or a mistyped flag, may be one too, or the rest of one.
    @Nullable String secretFlag = null;
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      int equals = flag.indexOf('=');
      String name = equals < 0 ? flag : flag.substring(0, equals);
      Setting setting =
          name.startsWith("--") ? Setting.fromKey(name.substring(2)).orElse(null) : null;
      if (setting == null && secretFlag != null && !name.startsWith("--")) {
        errors.add("a word behind " + secretFlag + " belongs to no flag; quote what has spaces");
      } else if (setting == null) {
        errors.add("there is no flag " + name + "; ./kassa --help lists them");
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
