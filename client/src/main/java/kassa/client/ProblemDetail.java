package kassa.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Why an order was not placed: what a problem of the contract says.
 *
 * @param code the kind of problem, for programs: {@code invalid_value}
 * @param detail what it is this time, for people
 * @param violations all that is wrong with the order, if that is the problem
 */
record ProblemDetail(String code, String detail, List<Violation> violations) {

  /** The order is no JSON. */
  static final String MALFORMED_JSON = "malformed_json";

  /** The order is larger than an order may be. */
  static final String TOO_LARGE = "content_too_large";

  /** Rows of an order say different things of it. */
  static final String CONFLICTING_ROWS = "contradicting_rows";

  ProblemDetail {
    violations = List.copyOf(violations);
  }

  /**
   * One thing that is wrong with an order.
   *
   * @param pointer where in the order, as a JSON pointer (RFC 6901); empty for the whole
   * @param code what kind of thing
   * @param detail what it is, for people
   */
  record Violation(String pointer, String code, String detail) {}

  static ProblemDetail of(String code, String detail) {
    return new ProblemDetail(code, detail, List.of());
  }

  /** Reads what a server answered; a server in between may have answered anything. */
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

  /** The kind of problem, and of the first flaw, with no number of a line in it. */
  String groupingKey() {
    if (violations.isEmpty()) {
      return code;
    }
    Violation first = violations.getFirst();
    return code + " " + first.pointer().replaceAll("/[0-9]+(?=/|$)", "/*") + " " + first.code();
  }

  /** What is wrong first, for people. */
  String firstDetail() {
    return violations.isEmpty() ? detail : violations.getFirst().detail();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
