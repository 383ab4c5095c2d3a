package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Request ids for log correlation: the {@code X-Request-Id} of the client if it is valid, else the
 * trace id of {@code traceparent}, else a random id.
 */
public final class RequestIds {

  public static final String HEADER = "X-Request-Id";

  private static final String ATTRIBUTE = "kassa.request-id";
  private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Source: W3C Trace Context, version 00; ids of zeros are invalid. */
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private RequestIds() {}

  /** Returns the id of this request; every call for the same request returns the same id. */
  public static String of(Context context) {
    String known = context.attribute(ATTRIBUTE);
    if (known != null) {
      return known;
    }
    String id = choose(context.header(HEADER), context.header("traceparent"));
    context.attribute(ATTRIBUTE, id);
    return id;
  }

  /**
   * Chooses the request id: the id sent by the client if it is valid, else the trace id, else a
   * random id.
   */
  public static String choose(@Nullable String sent, @Nullable String traceParent) {
    if (sent != null && VALID_ID.matcher(sent).matches()) {
      return sent;
    }
    if (traceParent != null) {
      Matcher trace = TRACE_PARENT.matcher(traceParent);
      if (trace.matches()) {
        return trace.group(1);
      }
    }
    return randomId();
  }

  /** A random UUID. It is no secret, so it needs no secure random numbers, which take longer. */
  private static String randomId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long version4 = (random.nextLong() & ~0xF000L) | 0x4000L;
    long variant = (random.nextLong() & ~(3L << 62)) | (1L << 63);
    return new UUID(version4, variant).toString();
  }
}
