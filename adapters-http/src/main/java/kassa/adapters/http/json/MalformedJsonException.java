package kassa.adapters.http.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Thrown if a body is not valid JSON or exceeds a limit of {@link JsonCodec}. The message contains
 * nothing of the body; {@link #repeatedName} is a name of it.
 */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int MAX_POINTER_LENGTH = 500;

  private final @Nullable String repeatedName;

  MalformedJsonException(String message) {
    this(message, null);
  }

  private MalformedJsonException(String message, @Nullable String repeatedName) {
    super(message);
    this.repeatedName = repeatedName;
  }

  /**
   * The pointer of a name that occurs twice in its object; {@code null} if this is not the fault.
   */
  public @Nullable String repeatedName() {
    return repeatedName;
  }

  static MalformedJsonException of(JacksonException cause) {
    TokenStreamLocation location = cause.getLocation();
    String position =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    if (cause.getOriginalMessage().startsWith("Duplicate")
        && cause.processor() instanceof JsonParser parser) {
      String pointer = parser.streamReadContext().pathAsPointer().toString();
      return new MalformedJsonException(
          "a name occurs twice in an object" + position,
          pointer.length() > MAX_POINTER_LENGTH ? null : pointer);
    }
    return new MalformedJsonException(
        cause instanceof StreamConstraintsException
            ? "the body is nested deeper than "
                + JsonCodec.MAX_DEPTH
                + " levels, contains a number with more than "
                + JsonCodec.MAX_NUMBER_LENGTH
                + " digits or a string with more than "
                + JsonCodec.MAX_STRING_LENGTH
                + " characters, or has more than "
                + JsonCodec.MAX_TOKENS
                + " tokens"
                + position
            : "the body is not valid JSON" + position);
  }
}
