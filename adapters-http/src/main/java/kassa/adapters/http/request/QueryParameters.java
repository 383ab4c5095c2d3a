package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a request strictly: a parameter that is not known is not passed over, nor is
 * one that cannot be decoded. The framework's own reading drops such parameters, and decodes by the
 * charset of the body.
 */
public final class QueryParameters {

  private QueryParameters() {}

  /**
   * Checks that every query parameter is known, occurs once and can be decoded.
   *
   * @throws ProblemException if parameters are unknown, stand twice or cannot be decoded
   */
  public static void check(Context context, Set<String> known) {
    List<Fault> violations = new ArrayList<>();
    read(context).forEach((name, values) -> check(name, values, known, violations));
    refuse(violations);
  }

  /**
   * Rejects the request if there are violations.
   *
   * @throws ProblemException if there are faults
   */
  public static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.of(faults));
    }
  }

  /**
   * A whole number.
   *
   * @param defaultValue the number if the parameter is absent
   * @throws ProblemException if it is no number from {@code least} to {@code most}
   */
  public static int number(Context context, String name, int min, int max, int defaultValue) {
    String value = value(context, name);
    if (value == null) {
      return defaultValue;
    }
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    if (number < min || number > max) {
      throw invalid(name, "out_of_range", name + " must be from " + min + " to " + max);
    }
    return number;
  }

  /**
   * One of these words, by the constants' names in lower case; {@code null} if it is absent.
   *
   * @throws ProblemException if it is another
   */
  public static <E extends Enum<E>> @Nullable E word(Context context, String name, Class<E> type) {
    String value = value(context, name);
    if (value == null) {
      return null;
    }
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT);
      if (word.equals(value)) {
        return constant;
      }
      allowed.add(word);
    }
    throw invalid(name, "out_of_range", name + " must be one of " + String.join(", ", allowed));
  }

  /**
   * Yes or no; no if it is absent.
   *
   * @throws ProblemException if it is neither {@code true} nor {@code false}
   */
  public static boolean bool(Context context, String name) {
    String value = value(context, name);
    if (value != null && !value.equals("true") && !value.equals("false")) {
      throw invalid(name, "out_of_range", name + " must be true or false");
    }
    return "true".equals(value);
  }

  /**
   * What a factory makes of a parameter; {@code null} if it is absent.
   *
   * @param faults takes a fault, and {@code null} is answered, if the factory refuses the value
   */
  public static <T> @Nullable T read(
      Context context, String name, Function<String, T> factory, List<Fault> faults) {
    String value = value(context, name);
    if (value == null) {
      return null;
    }
    try {
      return factory.apply(value);
    } catch (InvalidValueException refused) {
      String code = refused.reason().name().toLowerCase(Locale.ROOT);
      faults.add(fault(name, code, String.valueOf(refused.getMessage())));
      return null;
    }
  }

  /** The text of a parameter; {@code null} if it is absent. */
  public static @Nullable String value(Context context, String name) {
    List<String> values = read(context).get(name);
    return values == null ? null : values.getFirst();
  }

  private static void check(
      String name, List<String> values, Set<String> known, List<Fault> violations) {
    if (!known.contains(name)) {
      violations.add(
          fault(
              known.isEmpty() ? "*" : name,
              "unknown_parameter",
              known.isEmpty() ? "this call has no parameters" : "this call has no such parameter"));
    } else if (values.size() > 1) {
      violations.add(fault(name, "repeated_parameter", name + " must be given once"));
    }
  }

  private static Map<String, List<String>> read(Context context) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = context.req().getQueryString();
    if (query != null && !query.isEmpty()) {
      for (String parameter : query.split("&", -1)) {
        String[] nameAndValue = parameter.split("=", 2);
        parameters
            .computeIfAbsent(decoded(nameAndValue[0]), name -> new ArrayList<>(1))
            .add(nameAndValue.length == 1 ? "" : decoded(nameAndValue[1]));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "A % in the query must stand before two hexadecimal digits.");
    }
  }

  private static ProblemException invalid(String name, String code, String detail) {
    return new ProblemException(Fault.Place.QUERY, name, code, detail);
  }

  private static Fault fault(String name, String code, String detail) {
    return new Fault(Fault.Place.QUERY, name, code, detail, true);
  }
}
