package kassa.adapters.http.request;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * Content codings that a client accepts, with quality values in thousandths. Source: RFC 9110,
 * 12.5.3. Parsed as {@code Accept} is; see {@link MediaTypes}.
 *
 * @param gzip quality value of gzip; 0 if it is not accepted
 * @param identity quality value of a response without content coding; 0 if it is not accepted
 */
public record AcceptEncoding(int gzip, int identity) {

  /** Quality value of {@code identity} if it is not listed: acceptable, but not preferred. */
  private static final int NOT_LISTED = 1;

  /** Reads the codings that a request accepts. */
  public static AcceptEncoding of(Context context) {
    return parse(RequestHeaders.list(context, "Accept-Encoding"));
  }

  /**
   * Parses an {@code Accept-Encoding} header.
   *
   * @param header the header; without it, the response has no content coding
   */
  static AcceptEncoding parse(@Nullable String header) {
    if (header == null) {
      return new AcceptEncoding(0, NOT_LISTED);
    }
    int gzip = firstListed(header, "gzip", "x-gzip", "*");
    int identity = MediaTypes.weightOf(header, "identity");
    if (identity < 0) {
      identity = MediaTypes.weightOf(header, "*") == 0 ? 0 : NOT_LISTED;
    }
    return new AcceptEncoding(Math.max(0, gzip), identity);
  }

  public boolean acceptsGzip() {
    return gzip > 0;
  }

  public boolean acceptsIdentity() {
    return identity > 0;
  }

  /** Returns whether gzip is accepted and not less preferred than no coding. */
  public boolean prefersGzip() {
    return acceptsGzip() && gzip >= identity;
  }

  private static int firstListed(String header, String... codings) {
    for (String coding : codings) {
      int weight = MediaTypes.weightOf(header, coding);
      if (weight >= 0) {
        return weight;
      }
    }
    return -1;
  }
}
