package kassa.adapters.http.json;

import java.util.Locale;

/** Converts enum constants to the lower-case words of the API. */
public final class EnumNames {

  private EnumNames() {}

  /** Returns the name of a constant in lower case, such as {@code usage_limit_reached}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
