package kassa.adapters.http.json;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;

/** How the constants of the domain are called in the contract. */
public final class EnumNames {

  private EnumNames() {}

  /** The constant's name in lower case: {@code usage_limit_reached}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant of this word.
   *
   * @param name what the text is called
   * @throws InvalidValueException if there is none
   */
  public static <E extends Enum<E>> E parse(String name, String word, Class<E> constants) {
    return Arrays.stream(constants.getEnumConstants())
        .filter(constant -> of(constant).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new InvalidValueException(
                Reason.OUT_OF_RANGE,
                name
                    + " must be one of "
                    + Arrays.stream(constants.getEnumConstants())
                        .map(EnumNames::of)
                        .collect(joining(", "))));
  }
}
