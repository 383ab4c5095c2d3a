package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import kassa.adapters.http.json.Fault;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request strictly: a parameter that is not known is not passed over. */
final class QueryParameters {

  private QueryParameters() {}

  /**
   * @throws ProblemException if a parameter is unknown or stands twice
   */
  static void check(Context context, Set<String> known) {
    context.queryParamMap().forEach((name, values) -> check(name, values, known));
  }

  /**
   * A whole number.
   *
   * @param otherwise the number if the parameter is absent
   * @throws ProblemException if it is no number from {@code least} to {@code most}
   */
  static int number(Context context, String name, int least, int most, int otherwise) {
    String value = value(context, name);
    if (value == null) {
      return otherwise;
    }
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw invalid(name, "out_of_range", name + " must be from " + least + " to " + most);
    }
    return number;
  }

  /** The text of a parameter; {@code null} if it is absent. */
  static @Nullable String value(Context context, String name) {
    return context.queryParam(name);
  }

  private static void check(String name, List<String> values, Set<String> known) {
    if (!known.contains(name)) {
      throw invalid(
          known.isEmpty() ? "*" : name,
          "unknown_parameter",
          known.isEmpty() ? "this call has no parameters" : "this call has no such parameter");
    }
    if (values.size() > 1) {
      throw invalid(name, "repeated_parameter", name + " must be given once");
    }
  }

  private static ProblemException invalid(String name, String code, String detail) {
    return new ProblemException(Fault.Place.QUERY, name, code, detail);
  }
}
