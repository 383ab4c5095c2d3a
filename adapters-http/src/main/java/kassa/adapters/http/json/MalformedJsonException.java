package kassa.adapters.http.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** A body is no JSON, or more of it than is read. The message repeats nothing of it. */
public final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedJsonException(String message) {
    super(message);
  }

  static MalformedJsonException of(JacksonException cause) {
    TokenStreamLocation location = cause.getLocation();
    String place =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new MalformedJsonException(
        cause instanceof StreamConstraintsException
            ? "the body nests deeper than "
                + JsonCodec.MAX_DEPTH
                + " levels, holds a number of more than "
                + JsonCodec.MAX_NUMBER_LENGTH
                + " digits, or more than "
                + JsonCodec.MAX_TOKENS
                + " tokens"
                + place
            : "the body is not valid JSON" + place);
  }
}
