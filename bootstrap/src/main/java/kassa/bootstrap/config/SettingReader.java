package kassa.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings one by one and collects the errors: an invalid setting is replaced by its default,
 * so that the others are read too. Not thread-safe.
 */
final class SettingReader {

  private final Settings settings;
  private final List<String> errors = new ArrayList<>();

  SettingReader(Settings settings) {
    this.settings = settings;
  }

  /**
   * Reads a setting.
   *
   * @param parser throws {@link IllegalArgumentException} if the text is invalid; accepts the
   *     default
   */
  <T extends @Nullable Object> T read(Setting setting, Function<String, T> parser) {
    try {
      return parser.apply(settings.text(setting));
    } catch (IllegalArgumentException invalid) {
      addError(setting, invalid.getMessage());
      return parser.apply(setting.defaultValue());
    }
  }

  /** Returns the text of a setting with leading and trailing white space. */
  String readUnstripped(Setting setting) {
    return settings.value(setting).text();
  }

  void addError(Setting setting, @Nullable String error) {
    String source = settings.value(setting).source();
    errors.add(setting.environmentVariable() + " (" + source + "): " + error);
  }

  /**
   * Checks that all settings were valid.
   *
   * @throws InvalidConfigException if a setting is invalid
   */
  void requireNoErrors() {
    if (!errors.isEmpty()) {
      throw new InvalidConfigException(errors);
    }
  }
}
