package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** Reads a request body up to its size limit and within its timeout. */
public final class RequestBody {

  private static final String READ_ATTRIBUTE = "kassa.body-read";
  private static final String BUFFER_ATTRIBUTE = "kassa.body";

  private static final int BUFFER_BYTES = 8_192;

  /** The maximum size of a body that is read whole, in bytes: 8 MiB. */
  public static final int MAX_BUFFERED_BYTES = 1 << 23;

  /** Timeout of a small body. */
  static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * Minimum average rate of a body that takes longer than {@link #TIMEOUT}, in bytes per second: 16
   * KiB. It stops slow uploads that would hold a permit for hours.
   */
  static final int MIN_BYTES_PER_SECOND = 1 << 14;

  /** A body is collected in a growing buffer and then copied. */
  private static final int COPIES = 2;

  private RequestBody() {}

  /**
   * Reads a JSON body.
   *
   * @param limit maximum size in bytes
   * @throws ProblemException if the headers do not describe JSON in UTF-8, or if the body exceeds
   *     the limit, is incomplete or arrives too slowly
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
   * Reads a body of any content type and buffers it, so that {@link #json} can read it later.
   *
   * @param limit maximum size in bytes
   * @throws ProblemException if the body exceeds the limit, is incomplete or arrives too slowly
   */
  public static byte[] buffer(Context context, int limit) {
    byte[] body = read(context, limit);
    context.attribute(BUFFER_ATTRIBUTE, body);
    return body;
  }

  private static byte[] read(Context context, int limit) {
    try {
      BodyWait wait = BodyWait.of(context);
      // Opening the stream sends 100 Continue, which tells the client that the server waits.
      boolean waiting = "100-continue".equalsIgnoreCase(context.header("Expect"));
      if (waiting) {
        wait.begin().run();
      }
      InputStream input = context.req().getInputStream();
      if (!waiting && !hasArrived(context, input)) {
        waiting = true;
        wait.begin().run();
      }
      byte[] body =
          read(input, bufferSize(context.req().getContentLengthLong()), limit, System::nanoTime);
      markRead(context);
      if (waiting) {
        wait.end().run();
      }
      return body;
    } catch (IOException failure) {
      throw incomplete();
    }
  }

  private static boolean hasArrived(Context context, InputStream input) throws IOException {
    long length = context.req().getContentLengthLong();
    return length >= 0 && input.available() >= length;
  }

  /** Returns the size of the body if it is small, so that it is read at once and fills no more. */
  private static int bufferSize(long length) {
    return length < 0 ? BUFFER_BYTES : Math.clamp(length, 1, BUFFER_BYTES);
  }

  /**
   * Reads to the end of the body. The idle timeout closes connections without any data; the minimum
   * rate here stops connections with very little data.
   *
   * @param bufferSize maximum number of bytes that are read at once, 1 or more
   * @param nanos clock in nanoseconds
   */
  static byte[] read(InputStream input, int bufferSize, int limit, LongSupplier nanos)
      throws IOException {
    long start = nanos.getAsLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream(bufferSize);
    byte[] buffer = new byte[bufferSize];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      MemoryBudget.reserve((long) COPIES * read);
      body.write(buffer, 0, read);
      if (body.size() > limit) {
        throw tooLarge(limit);
      }
      Duration allowed = TIMEOUT.plusSeconds(body.size() / MIN_BYTES_PER_SECOND);
      if (nanos.getAsLong() - start > allowed.toNanos()) {
        throw new ProblemException(
            ProblemKind.REQUEST_TIMEOUT,
            "A body must arrive within "
                + TIMEOUT.toSeconds()
                + " seconds plus 1 second for every "
                + MIN_BYTES_PER_SECOND
                + " bytes.");
      }
    }
    return withoutByteOrderMark(body.toByteArray());
  }

  /** Programs on Windows write the mark into files that they send. */
  private static byte[] withoutByteOrderMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  /**
   * Reads an optional JSON body; {@code null} if the request has no body.
   *
   * @param limit maximum size in bytes
   * @throws ProblemException as {@link #json}
   */
  public static byte @Nullable [] optionalJson(Context context, int limit) {
    if (hasBody(context)) {
      return json(context, limit);
    }
    if (!mayHaveUnannouncedBody(context)) {
      return null;
    }
    byte[] buffered = context.attribute(BUFFER_ATTRIBUTE);
    byte[] body = buffered == null ? buffer(context, limit) : buffered;
    return body.length == 0 ? null : json(context, limit);
  }

  /** Over HTTP/2, only the stream tells where a body without {@code Content-Length} ends. */
  private static boolean mayHaveUnannouncedBody(Context context) {
    return context.req().getContentLengthLong() < 0
        && context.req().getProtocol().startsWith("HTTP/2");
  }

  /**
   * Returns a line reader of an NDJSON body. Lines are read on demand.
   *
   * @param limit maximum size of the body in bytes
   * @param maxLineBytes maximum size of a line in bytes
   * @throws ProblemException if the headers do not describe NDJSON in UTF-8, or if Content-Length
   *     exceeds the limit
   */
  public static BodyLines ndjson(Context context, long limit, int maxLineBytes) {
    boolean isNdjson = MediaTypes.isNdjson(context.header("Content-Type"));
    requireContentType(context, isNdjson, "application/x-ndjson", limit);
    return new BodyLines(
        buffer -> context.req().getInputStream().read(buffer),
        () -> markRead(context),
        limit,
        maxLineBytes,
        System::nanoTime);
  }

  /** Records that the body was read completely. */
  static void markRead(Context context) {
    context.attribute(READ_ATTRIBUTE, true);
  }

  /** Returns whether the request has a body that was not read completely. */
  public static boolean isUnread(Context context) {
    return hasBody(context) && context.attribute(READ_ATTRIBUTE) == null;
  }

  /**
   * Discards a small body that has arrived already, because a connection with an unread body must
   * be closed. Never waits, and asks no client for its body.
   *
   * @return whether the body is read now
   */
  public static boolean discardIfArrived(Context context) {
    long length = context.req().getContentLengthLong();
    if (length > BUFFER_BYTES || context.header("Expect") != null) {
      return false;
    }
    try {
      InputStream input = context.req().getInputStream();
      if (!hasArrived(context, input)) {
        return false;
      }
      input.skipNBytes(length);
      markRead(context);
      return true;
    } catch (IOException failure) {
      return false;
    }
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  static ProblemException incomplete() {
    return new ProblemException(ProblemKind.BAD_REQUEST, "The body is incomplete.");
  }

  /** Returns the problem of a body that exceeds its size limit in bytes. */
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
    if (!MediaTypes.isIdentity(RequestHeaders.list(context, "Content-Encoding"))) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "Content-Encoding is not supported. Send the body without it.");
    }
    if (context.req().getContentLengthLong() > limit) {
      throw tooLarge(limit);
    }
  }
}
