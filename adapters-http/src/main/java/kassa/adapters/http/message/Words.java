package kassa.adapters.http.message;

import java.util.Locale;

/** How the constants of the domain are called in the contract. */
public final class Words {

  private Words() {}

  /** The constant's name in lower case: {@code usage_limit_reached}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
