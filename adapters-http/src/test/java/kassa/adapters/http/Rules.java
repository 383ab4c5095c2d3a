package kassa.adapters.http;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules as they are sent, and what is often done with them. */
final class Rules {

  /** An id of a rule that there is not. */
  static final String UNKNOWN = "rul_7zzzzzzzzzzzzzzzzzzzzzzzzz";

  /** A rule that nothing is wrong with. */
  static final String GOOD = rule("\"percent_off_order\", \"percent\": \"10\"");

  /** What a rule is answered with beside what was sent. */
  private static final List<String> ENVELOPE =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  private Rules() {}

  /**
   * A rule of one effect.
   *
   * @param effect its type in quotes, and its other fields behind it
   */
  static String rule(String effect) {
    return """
    {"name": "Ten", "effects": [{"type": %s}]}\
    """
        .formatted(effect);
  }

  /**
   * The good rule with one field more.
   *
   * @param value as it is to stand in the JSON
   */
  static String with(String field, String value) {
    return GOOD.replaceFirst("\\{", "{\"" + field + "\": " + value.replace("\\", "\\\\") + ", ");
  }

  /** Creates a rule and returns its path. */
  static String created(CheckedClient client, String rule) {
    return CheckedClient.expect(201, client.post("/v1/rules", rule)).header("Location");
  }

  /** The id of the rule at a path. */
  static String idOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static Answer move(CheckedClient client, String path, String verb, String... headers) {
    return client.send("POST", path + "/" + verb, new byte[0], headers);
  }

  /** What of a rule, or of a version of one, was written by those who keep it. */
  static String definition(JsonNode rule) {
    Stream<String> written = rule.propertyNames().stream().filter(name -> !ENVELOPE.contains(name));
    return "{"
        + String.join(
            ",", written.map(name -> "\"" + name + "\":" + Json.write(rule.get(name))).toList())
        + "}";
  }

  /** The same JSON without the space between its parts. */
  static String compact(String json) {
    return Json.write(Json.read(json));
  }
}
