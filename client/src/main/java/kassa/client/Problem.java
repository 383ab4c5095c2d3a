package kassa.client;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Why an order was not placed: what a problem of the contract says.
 *
 * @param code the kind of problem, for programs: {@code invalid_value}
 * @param detail what it is this time, for people
 * @param flaws all that is wrong with the order, if that is the problem
 */
record Problem(String code, String detail, List<Flaw> flaws) {

  /** The order is no JSON. */
  static final String MALFORMED_JSON = "malformed_json";

  /** The order is larger than an order may be. */
  static final String TOO_LARGE = "content_too_large";

  /** Rows of an order say different things of it. */
  static final String CONTRADICTING_ROWS = "contradicting_rows";

  Problem {
    flaws = List.copyOf(flaws);
  }

  /**
   * One thing that is wrong with an order.
   *
   * @param pointer where in the order, as a JSON pointer (RFC 6901); empty for the whole
   * @param code what kind of thing
   * @param detail what it is, for people
   */
  record Flaw(String pointer, String code, String detail) {}

  static Problem of(String code, String detail) {
    return new Problem(code, detail, List.of());
  }

  /** Reads what a server answered; a server in between may have answered anything. */
  static Problem read(int status, JsonNode answered) {
    List<Flaw> flaws = new ArrayList<>();
    for (JsonNode flaw : answered.path("errors")) {
      flaws.add(new Flaw(text(flaw, "pointer"), text(flaw, "code"), text(flaw, "detail")));
    }
    String code = text(answered, "code");
    return new Problem(code.isEmpty() ? "status_" + status : code, text(answered, "detail"), flaws);
  }

  /** The kind of problem, and of the first flaw, with no number of a line in it. */
  String reason() {
    if (flaws.isEmpty()) {
      return code;
    }
    Flaw first = flaws.getFirst();
    return code + " " + first.pointer().replaceAll("/[0-9]+(?=/|$)", "/*") + " " + first.code();
  }

  /** What is wrong first, for people. */
  String explanation() {
    return flaws.isEmpty() ? detail : flaws.getFirst().detail();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
