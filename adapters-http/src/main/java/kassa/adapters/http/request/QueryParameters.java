package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Strict reader of query parameters: unknown, repeated or undecodable parameters are errors.
 * Javalin would drop undecodable parameters and decode with the charset of the body.
 */
public final class QueryParameters {

  /** Jetty decodes bytes outside of ASCII as UTF-8 and puts this in place of others. */
  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  private QueryParameters() {}

  /**
   * Checks that every query parameter is known, occurs once and can be decoded.
   *
   * @throws ProblemException if a parameter is unknown, repeated or cannot be decoded
   */
  public static void check(Context context, Set<String> known) {
    List<RequestViolation> violations = new ArrayList<>();
    read(context).forEach((name, values) -> check(name, values, known, violations));
    refuse(violations);
  }

  /**
   * Rejects the request if there are violations.
   *
   * @throws ProblemException if there are violations
   */
  public static void refuse(List<RequestViolation> violations) {
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.invalidRequest(violations));
    }
  }

  /**
   * Reads an integer.
   *
   * @param defaultValue the value if the parameter is absent
   * @throws ProblemException if it is not an integer from {@code min} to {@code max}
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
   * Reads an enum constant by its name in lower case; {@code null} if the parameter is absent.
   *
   * @throws ProblemException if it is not the name of a constant
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
   * Reads a boolean; {@code false} if the parameter is absent.
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
   * Parses a parameter with a factory; {@code null} if the parameter is absent.
   *
   * @param violations collects a violation if the factory rejects the value; the result is {@code
   *     null} then
   */
  public static <T> @Nullable T read(
      Context context,
      String name,
      Function<String, T> factory,
      List<RequestViolation> violations) {
    String value = value(context, name);
    if (value == null) {
      return null;
    }
    try {
      return factory.apply(value);
    } catch (InvalidValueException invalid) {
      String code = invalid.reason().code();
      violations.add(
          new RequestViolation.QueryParameter(name, code, String.valueOf(invalid.getMessage())));
      return null;
    }
  }

  /** The text of a parameter; {@code null} if it is absent. */
  public static @Nullable String value(Context context, String name) {
    List<String> values = read(context).get(name);
    return values == null ? null : values.getFirst();
  }

  private static void check(
      String name, List<String> values, Set<String> known, List<RequestViolation> violations) {
    if (!known.contains(name)) {
      violations.add(
          new RequestViolation.QueryParameter(
              known.isEmpty() ? "*" : name,
              "unknown_parameter",
              known.isEmpty()
                  ? "this endpoint has no query parameters"
                  : "this endpoint has no such query parameter"));
    } else if (values.size() > 1) {
      violations.add(
          new RequestViolation.QueryParameter(
              name, "repeated_parameter", name + " must occur once"));
    }
  }

  private static Map<String, List<String>> read(Context context) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String query = context.req().getQueryString();
    if (query != null && !query.isEmpty()) {
      for (String parameter : query.split("&", -1)) {
        String[] nameAndValue = parameter.split("=", 2);
        String name = decode(nameAndValue[0], null);
        parameters
            .computeIfAbsent(name, _ -> new ArrayList<>(1))
            .add(nameAndValue.length == 1 ? "" : decode(nameAndValue[1], name));
      }
    }
    return parameters;
  }

  /**
   * Decodes a name or a value.
   *
   * @param name the name of the parameter, for the error; {@code null} if the text is the name
   */
  private static String decode(String text, @Nullable String name) {
    try {
      return decodeUtf8(text);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | CharacterCodingException malformed) {
      throw invalid(
          name == null ? "*" : name,
          "malformed",
          (name == null ? "the name of a parameter" : name)
              + " must be UTF-8, and each % must be followed by two hexadecimal digits");
    }
  }

  /** {@link java.net.URLDecoder} would replace bytes that are not UTF-8. */
  private static String decodeUtf8(String text) throws CharacterCodingException {
    if (text.indexOf(REPLACEMENT_CHARACTER) >= 0) {
      throw new MalformedInputException(1);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '%') {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else if (character == '+') {
        bytes.write(' ');
      } else {
        int end = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, end).getBytes(UTF_8));
        i = end - 1;
      }
    }
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
  }

  private static ProblemException invalid(String name, String code, String detail) {
    return new ProblemException(new RequestViolation.QueryParameter(name, code, detail));
  }
}
