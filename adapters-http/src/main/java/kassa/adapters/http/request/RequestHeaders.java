package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a request. */
public final class RequestHeaders {

  private RequestHeaders() {}

  /**
   * A header that is a list, which may stand in several lines of the request (RFC 9110, 5.3);
   * {@code null} if there is none of them.
   */
  public static @Nullable String list(Context context, String name) {
    String list = String.join(",", Collections.list(context.req().getHeaders(name)));
    return list.isEmpty() ? null : list;
  }
}
