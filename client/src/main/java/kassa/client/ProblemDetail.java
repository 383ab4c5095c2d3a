package kassa.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Reason why an order was not placed, with the fields of a problem of the API.
 *
 * @param code the machine-readable error code: {@code invalid_value}
 * @param detail the description for people
 * @param violations all violations of an invalid order; may be empty
 */
record ProblemDetail(String code, String detail, List<Violation> violations) {

  /** Error code: the order is not valid JSON. */
  static final String MALFORMED_JSON = "malformed_json";

  /** Error code: the order exceeds the maximum size. */
  static final String TOO_LARGE = "content_too_large";

  /** Error code: rows of one order have different values of an order column. */
  static final String CONFLICTING_ROWS = "contradicting_rows";

  ProblemDetail {
    violations = List.copyOf(violations);
  }

  /**
   * Violation of one field.
   *
   * @param pointer JSON pointer to the field (RFC 6901); empty for the whole order
   * @param code the machine-readable code
   * @param detail the description for people
   */
  record Violation(String pointer, String code, String detail) {}

  static ProblemDetail of(String code, String detail) {
    return new ProblemDetail(code, detail, List.of());
  }

  /** Reads an error response; tolerates any JSON, because a proxy may have sent it. */
  static ProblemDetail read(int status, JsonNode response) {
    List<Violation> violations = new ArrayList<>();
    for (JsonNode violation : response.path("errors")) {
      violations.add(
          new Violation(
              text(violation, "pointer"), text(violation, "code"), text(violation, "detail")));
    }
    String code = text(response, "code");
    return new ProblemDetail(
        code.isEmpty() ? "status_" + status : code, text(response, "detail"), violations);
  }

  /** Error code and first violation, without array indexes: equal reasons have equal keys. */
  String groupingKey() {
    if (violations.isEmpty()) {
      return code;
    }
    Violation first = violations.getFirst();
    return code + " " + first.pointer().replaceAll("/[0-9]+(?=/|$)", "/*") + " " + first.code();
  }

  /** Description of the first violation, or of the problem. */
  String firstDetail() {
    return violations.isEmpty() ? detail : violations.getFirst().detail();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
