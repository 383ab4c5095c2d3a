package kassa.adapters.http.request;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.RequestViolation;
import org.jspecify.annotations.Nullable;

/** Reads the headers of a request. */
public final class RequestHeaders {

  /** Headers with one value: with two of them, two readers could choose different ones. */
  private static final List<String> SINGLE_VALUED =
      List.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "Origin",
          "Sec-Fetch-Site",
          RequestIds.HEADER);

  private RequestHeaders() {}

  /**
   * Checks that headers with one value occur at most once.
   *
   * @throws ProblemException if one of them is repeated
   */
  public static void requireUnrepeated(Context context) {
    List<RequestViolation> violations = new ArrayList<>();
    for (String name : SINGLE_VALUED) {
      Enumeration<String> values = context.req().getHeaders(name);
      if (values.hasMoreElements()) {
        values.nextElement();
        if (values.hasMoreElements()) {
          violations.add(
              new RequestViolation.Header(name, "repeated_header", name + " must occur once"));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.invalidRequest(violations));
    }
  }

  /**
   * Returns the value of a list header; several lines of the same header are joined with commas
   * (RFC 9110, 5.3). {@code null} if the header is absent or empty.
   */
  public static @Nullable String list(Context context, String name) {
    String list = String.join(",", Collections.list(context.req().getHeaders(name)));
    return list.isEmpty() ? null : list;
  }
}
