package kassa.adapters.http.routing;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.AcceptEncoding;
import org.jspecify.annotations.Nullable;

/** Compresses JSON responses with gzip if the client accepts it. See docs/decisions/0055. */
public final class GzipEncoding {

  /** Responses up to this size in bytes are not compressed. */
  static final int MAX_UNCOMPRESSED_BYTES = 4_096;

  private static final String IDENTITY_ONLY_ATTRIBUTE = "kassa.identity-only";

  private GzipEncoding() {}

  /** Sends the response of a request without content coding, whatever the client prefers. */
  static void disable(Context context) {
    context.attribute(IDENTITY_ONLY_ATTRIBUTE, true);
  }

  /**
   * Rejects clients that accept no content coding of the response.
   *
   * @throws ProblemException if no coding is acceptable
   */
  static void requireAcceptable(Context context) {
    AcceptEncoding accepted = AcceptEncoding.of(context);
    if (accepted.acceptsIdentity()) {
      return;
    }
    if (isDisabled(context)) {
      throw notAcceptable("This endpoint returns only responses without content coding.");
    }
    if (!accepted.acceptsGzip()) {
      throw notAcceptable("This endpoint returns only gzip or no content coding.");
    }
  }

  /**
   * Disables compression for a response that is streamed.
   *
   * @throws ProblemException if the client accepts no response without content coding
   */
  public static void requireIdentity(Context context) {
    disable(context);
    requireAcceptable(context);
  }

  /**
   * Returns the body in the content coding that the client prefers, and sets the headers of that
   * coding. A response with an entity tag is compressed only if the client accepts nothing else,
   * because a strong tag identifies the bytes of one coding (RFC 9110, 8.8.3).
   */
  static byte[] encode(Context context, byte[] body) {
    if (isDisabled(context)) {
      return body;
    }
    HttpServletResponse response = context.res();
    @Nullable String tag = response.getHeader("ETag");
    AcceptEncoding accepted = AcceptEncoding.of(context);
    boolean negotiated = body.length > MAX_UNCOMPRESSED_BYTES && tag == null;
    if (!negotiated && accepted.acceptsIdentity()) {
      return body;
    }
    response.addHeader("Vary", "Accept-Encoding");
    if (!accepted.prefersGzip()) {
      return body;
    }
    if (tag != null && !tag.startsWith("W/")) {
      response.setHeader("ETag", "W/" + tag);
    }
    response.setHeader("Content-Encoding", "gzip");
    return compress(body, Deflater.BEST_SPEED);
  }

  /**
   * Compresses a body.
   *
   * @param level a level of {@link Deflater}
   */
  public static byte[] compress(byte[] body, int level) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip = new LeveledGzip(compressed, level)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }

  private static boolean isDisabled(Context context) {
    return context.attribute(IDENTITY_ONLY_ATTRIBUTE) != null;
  }

  private static ProblemException notAcceptable(String detail) {
    return new ProblemException(
        ProblemKind.NOT_ACCEPTABLE, detail + " Change the Accept-Encoding header.");
  }

  private static final class LeveledGzip extends GZIPOutputStream {

    LeveledGzip(OutputStream output, int level) throws IOException {
      super(output);
      def.setLevel(level);
    }
  }
}
