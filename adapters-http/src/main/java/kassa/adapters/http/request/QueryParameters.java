package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * Strict reader of query parameters: unknown, repeated or undecodable parameters are errors.
 * Javalin would drop undecodable parameters and decode with the charset of the body.
 *
 * <p>The methods collect the violations of all parameters; {@link #requireValid} reports them
 * together. Until then, an invalid parameter reads like an absent one.
 */
public final class QueryParameters {

  private static final String ATTRIBUTE = QueryParameters.class.getName();

  /** Jetty decodes bytes outside of ASCII as UTF-8 and puts this in place of others. */
  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  private final Map<String, List<String>> values;
  private final List<RequestViolation> violations = new ArrayList<>();

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Returns a reader of the query parameters of a request, which are parsed once.
   *
   * @throws ProblemException if a parameter cannot be decoded
   */
  public static QueryParameters of(Context context) {
    Map<String, List<String>> values = context.attribute(ATTRIBUTE);
    if (values == null) {
      values = parse(context.req().getQueryString());
      context.attribute(ATTRIBUTE, values);
    }
    return new QueryParameters(values);
  }

  /**
   * Checks that every parameter is known and occurs once.
   *
   * @throws ProblemException if a parameter is unknown or repeated
   */
  public void requireKnown(Set<String> known) {
    values.forEach((name, texts) -> check(name, texts, known));
    requireValid();
  }

  /**
   * Checks that all parameters that were read are valid.
   *
   * @throws ProblemException if there are violations
   */
  public void requireValid() {
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.invalidRequest(violations));
    }
  }

  /** Adds a violation of a parameter. */
  public void reject(String name, String code, String detail) {
    violations.add(new RequestViolation.QueryParameter(name, code, detail));
  }

  /**
   * Reads an integer from {@code min} to {@code max}.
   *
   * @param defaultValue the value if the parameter is absent
   */
  public int number(String name, int min, int max, int defaultValue) {
    Integer number = read(name, text -> parseNumber(name, text, min, max));
    return number == null ? defaultValue : number;
  }

  /** Reads {@code true} or {@code false}; {@code false} if the parameter is absent. */
  public boolean bool(String name) {
    return Boolean.TRUE.equals(read(name, text -> parseBoolean(name, text)));
  }

  /** Reads an RFC 3339 time; {@code null} if the parameter is absent. */
  public @Nullable Instant time(String name) {
    return read(name, text -> Timestamps.parse(name, text));
  }

  /** Reads an enum constant by its name in lower case; {@code null} if the parameter is absent. */
  public <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
    return read(name, text -> parseWord(name + " must be one of ", text, type));
  }

  /**
   * Reads a comma-separated list of enum constants by their names in lower case; an empty set if
   * the parameter is absent.
   */
  public <E extends Enum<E>> Set<E> words(String name, Class<E> type) {
    Set<E> words = EnumSet.noneOf(type);
    read(
        name,
        list -> {
          for (String text : list.split(",", -1)) {
            words.add(parseWord(name + " must be a comma-separated list of ", text, type));
          }
          return words;
        });
    return words;
  }

  /**
   * Parses a parameter with a factory; {@code null} if the parameter is absent.
   *
   * @param factory throws {@link InvalidValueException} if the value is invalid
   */
  public <T> @Nullable T read(String name, Function<String, T> factory) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    try {
      return factory.apply(value);
    } catch (InvalidValueException invalid) {
      reject(name, invalid.reason().code(), String.valueOf(invalid.getMessage()));
      return null;
    }
  }

  /** Returns the text of a parameter; {@code null} if it is absent. */
  public @Nullable String value(String name) {
    List<String> texts = values.get(name);
    return texts == null ? null : texts.getFirst();
  }

  /**
   * Returns the parameters as a text that does not depend on their order in the request; empty if
   * there are none. Clients hold cursors that are bound to this text, so it must not change.
   *
   * @param excluded the parameters that are left out
   */
  public String textWithout(Set<String> excluded) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach((name, texts) -> {
          if (!excluded.contains(name)) {
            text.append(name).append('=').append(texts.getFirst()).append('\n');
          }
        });
    return text.toString();
  }

  private void check(String name, List<String> texts, Set<String> known) {
    if (known.isEmpty()) {
      reject("*", "unknown_parameter", "this endpoint has no query parameters");
    } else if (!known.contains(name)) {
      reject(name, "unknown_parameter", "this endpoint has no such query parameter");
    } else if (texts.size() > 1) {
      reject(name, "repeated_parameter", name + " must occur once");
    }
  }

  private static int parseNumber(String name, String text, int min, int max) {
    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      throw outOfRange(name + " must be from " + min + " to " + max);
    }
    return number;
  }

  private static boolean parseBoolean(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw outOfRange(name + " must be true or false");
    };
  }

  private static <E extends Enum<E>> E parseWord(String requirement, String text, Class<E> type) {
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (EnumNames.of(constant).equals(text)) {
        return constant;
      }
      allowed.add(EnumNames.of(constant));
    }
    throw outOfRange(requirement + String.join(", ", allowed));
  }

  private static InvalidValueException outOfRange(String message) {
    return new InvalidValueException(Reason.OUT_OF_RANGE, message);
  }

  private static Map<String, List<String>> parse(@Nullable String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
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
      throw new ProblemException(
          new RequestViolation.QueryParameter(
              name == null ? "*" : name,
              "malformed",
              (name == null ? "the name of a parameter" : name)
                  + " must be UTF-8, and each % must be followed by two hexadecimal digits"));
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
}
