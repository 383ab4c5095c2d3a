package kassa.adapters.http;

import io.javalin.http.Context;
import java.io.IOException;

/** Takes the bytes of a JSON body, never more of them than the call allows. */
final class RequestBody {

  private static final String READ = "kassa.body-read";

  private RequestBody() {}

  /**
   * The body.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is not JSON by its headers, or larger than the limit, or breaks
   *     off
   */
  static byte[] json(Context context, int limit) {
    if (!MediaTypes.isJson(context.header("Content-Type"))) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be application/json in UTF-8.");
    }
    if (context.header("Content-Encoding") != null) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body must come without Content-Encoding.");
    }
    if (context.req().getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
    try {
      byte[] body = context.req().getInputStream().readNBytes(limit + 1);
      if (body.length > limit) {
        throw tooLarge(limit);
      }
      context.attribute(READ, true);
      return body;
    } catch (IOException gone) {
      throw new ProblemException(ProblemKind.BAD_REQUEST, "The body broke off.");
    }
  }

  /** Whether the request has a body that was not read to its end. */
  static boolean isUnread(Context context) {
    boolean hasBody =
        context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
    return hasBody && context.attribute(READ) == null;
  }

  private static ProblemException tooLarge(int limit) {
    return new ProblemException(
        ProblemKind.CONTENT_TOO_LARGE, "The body must have at most " + limit + " bytes.");
  }
}
