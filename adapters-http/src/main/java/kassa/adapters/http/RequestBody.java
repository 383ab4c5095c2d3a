package kassa.adapters.http;

import io.javalin.http.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a body, never more of them than the call allows. */
final class RequestBody {

  private static final String READ = "kassa.body-read";
  private static final String BUFFERED = "kassa.body";

  private RequestBody() {}

  /**
   * The body.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is not JSON by its headers, or larger than the limit, or breaks
   *     off
   */
  static byte[] json(Context context, int limit) {
    check(context, MediaTypes.isJson(context.header("Content-Type")), "application/json", limit);
    byte[] buffered = context.attribute(BUFFERED);
    if (buffered == null) {
      return read(context, limit);
    }
    if (buffered.length > limit) {
      throw tooLarge(limit);
    }
    return buffered;
  }

  /**
   * The body, whatever it is, which is there again for whoever takes it by its kind.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is larger than the limit, or breaks off
   */
  static byte[] buffer(Context context, int limit) {
    byte[] body = read(context, limit);
    context.attribute(BUFFERED, body);
    return body;
  }

  private static byte[] read(Context context, int limit) {
    try {
      byte[] body = context.req().getInputStream().readNBytes(limit + 1);
      if (body.length > limit) {
        throw tooLarge(limit);
      }
      markRead(context);
      return body;
    } catch (IOException gone) {
      throw brokenOff();
    }
  }

  /**
   * The body, which may be left out; {@code null} then.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is not JSON by its headers, or larger than the limit, or breaks
   *     off
   */
  static byte @Nullable [] optionalJson(Context context, int limit) {
    return isSent(context) ? json(context, limit) : null;
  }

  /**
   * The lines of the body, which are read as they are asked for.
   *
   * @param limit the most bytes that the body may have
   * @param longestLine the most bytes that a line may have
   * @throws ProblemException if it is not NDJSON by its headers, or larger than the limit by them
   */
  static BodyLines ndjson(Context context, long limit, int longestLine) {
    boolean isNdjson = MediaTypes.isNdjson(context.header("Content-Type"));
    check(context, isNdjson, "application/x-ndjson", limit);
    return new BodyLines(context, limit, longestLine);
  }

  /** Notes that the body was read to its end. */
  static void markRead(Context context) {
    context.attribute(READ, true);
  }

  /** Whether the request has a body that was not read to its end. */
  static boolean isUnread(Context context) {
    return isSent(context) && context.attribute(READ) == null;
  }

  private static boolean isSent(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  static ProblemException brokenOff() {
    return new ProblemException(ProblemKind.BAD_REQUEST, "The body broke off.");
  }

  static ProblemException tooLarge(long limit) {
    return new ProblemException(
        ProblemKind.CONTENT_TOO_LARGE, "The body must have at most " + limit + " bytes.");
  }

  private static void check(Context context, boolean isOfType, String mediaType, long limit) {
    if (!isOfType) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be " + mediaType + " in UTF-8.");
    }
    if (context.header("Content-Encoding") != null) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The body must come without Content-Encoding.");
    }
    if (context.req().getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
  }
}
