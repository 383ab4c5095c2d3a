package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** Takes the bytes of a body, never more of them than the call allows. */
public final class RequestBody {

  private static final String READ_ATTRIBUTE = "kassa.body-read";
  private static final String BUFFER_ATTRIBUTE = "kassa.body";

  private static final int BUFFER_BYTES = 8_192;

  /** The maximum size of a body that is read whole, in bytes: 8 MiB. */
  public static final int MAX_BUFFERED_BYTES = 1 << 23;

  /** How long a body may take, however small it is. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** How many bytes must come in each second of any longer time, on the average: 16 KiB. */
  static final int MIN_BYTES_PER_SECOND = 1 << 14;

  private RequestBody() {}

  /**
   * The body.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is not JSON by its headers, or larger than the limit, or breaks
   *     off
   */
  public static byte[] json(Context context, int limit) {
    requireContentType(
        context, MediaTypes.isJson(context.header("Content-Type")), "application/json", limit);
    byte[] buffered = context.attribute(BUFFER_ATTRIBUTE);
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
  public static byte[] buffer(Context context, int limit) {
    byte[] body = read(context, limit);
    context.attribute(BUFFER_ATTRIBUTE, body);
    return body;
  }

  private static byte[] read(Context context, int limit) {
    try {
      byte[] body = read(context.req().getInputStream(), limit, System::nanoTime);
      markRead(context);
      return body;
    } catch (IOException gone) {
      throw incomplete();
    }
  }

  /**
   * Reads to the end. A connection on which nothing comes is closed by itself; one on which hardly
   * anything comes would hold its place for hours.
   *
   * @param nanos the time that passes
   */
  static byte[] read(InputStream input, int limit, LongSupplier nanos) throws IOException {
    long start = nanos.getAsLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      body.write(buffer, 0, read);
      if (body.size() > limit) {
        throw tooLarge(limit);
      }
      Duration allowed = TIMEOUT.plusSeconds(body.size() / MIN_BYTES_PER_SECOND);
      if (nanos.getAsLong() - start > allowed.toNanos()) {
        throw new ProblemException(
            ProblemKind.REQUEST_TIMEOUT,
            "A body that takes long must come with at least "
                + MIN_BYTES_PER_SECOND
                + " bytes a second.");
      }
    }
    return body.toByteArray();
  }

  /**
   * The body, which may be left out; {@code null} then.
   *
   * @param limit the most bytes that it may have
   * @throws ProblemException if it is not JSON by its headers, or larger than the limit, or breaks
   *     off
   */
  public static byte @Nullable [] optionalJson(Context context, int limit) {
    return hasBody(context) ? json(context, limit) : null;
  }

  /**
   * The lines of the body, which are read as they are asked for.
   *
   * @param limit the most bytes that the body may have
   * @param maxLineBytes the most bytes that a line may have
   * @throws ProblemException if it is not NDJSON by its headers, or larger than the limit by them
   */
  public static BodyLines ndjson(Context context, long limit, int maxLineBytes) {
    boolean isNdjson = MediaTypes.isNdjson(context.header("Content-Type"));
    requireContentType(context, isNdjson, "application/x-ndjson", limit);
    return new BodyLines(context, limit, maxLineBytes);
  }

  /** Notes that the body was read to its end. */
  static void markRead(Context context) {
    context.attribute(READ_ATTRIBUTE, true);
  }

  /** Whether the request has a body that was not read to its end. */
  public static boolean isUnread(Context context) {
    return hasBody(context) && context.attribute(READ_ATTRIBUTE) == null;
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  static ProblemException incomplete() {
    return new ProblemException(ProblemKind.BAD_REQUEST, "The body broke off.");
  }

  public static ProblemException tooLarge(long limit) {
    return new ProblemException(
        ProblemKind.CONTENT_TOO_LARGE, "The body must have at most " + limit + " bytes.");
  }

  private static void requireContentType(
      Context context, boolean isOfType, String mediaType, long limit) {
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
