package kassa.adapters.http.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Thrown if a body is not valid JSON or exceeds a limit of {@link JsonCodec}. The message contains
 * nothing of the body.
 */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedJsonException(String message) {
    super(message);
  }

  static MalformedJsonException of(JacksonException cause) {
    TokenStreamLocation location = cause.getLocation();
    String position =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new MalformedJsonException(
        cause instanceof StreamConstraintsException
            ? "the body is nested deeper than "
                + JsonCodec.MAX_DEPTH
                + " levels, contains a number with more than "
                + JsonCodec.MAX_NUMBER_LENGTH
                + " digits, or has more than "
                + JsonCodec.MAX_TOKENS
                + " tokens"
                + position
            : "the body is not valid JSON" + position);
  }
}
