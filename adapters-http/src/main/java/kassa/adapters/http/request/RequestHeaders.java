package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a request. */
public final class RequestHeaders {

  private RequestHeaders() {}

  /**
   * Returns the value of a list header; several lines of the same header are joined with commas
   * (RFC 9110, 5.3). {@code null} if the header is absent or empty.
   */
  public static @Nullable String list(Context context, String name) {
    String list = String.join(",", Collections.list(context.req().getHeaders(name)));
    return list.isEmpty() ? null : list;
  }
}
