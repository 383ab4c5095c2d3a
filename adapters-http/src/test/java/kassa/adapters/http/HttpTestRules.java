package kassa.adapters.http;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules as they are sent, and what is often done with them. */
public final class HttpTestRules {

  /** An id of a rule that there is not. */
  public static final String UNKNOWN_ID = "rul_7zzzzzzzzzzzzzzzzzzzzzzzzz";

  /** A rule that nothing is wrong with. */
  public static final String VALID_RULE = rule("\"percent_off_order\", \"percent\": \"10\"");

  /** What a rule is answered with beside what was sent. */
  private static final List<String> SERVER_FIELDS =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  private HttpTestRules() {}

  /**
   * A rule of one effect.
   *
   * @param effect its type in quotes, and its other fields behind it
   */
  public static String rule(String effect) {
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
  public static String with(String field, String value) {
    return VALID_RULE.replaceFirst(
        "\\{", "{\"" + field + "\": " + value.replace("\\", "\\\\") + ", ");
  }

  /** Creates a rule and returns its path. */
  public static String createRule(ContractCheckingClient client, String rule) {
    return ContractCheckingClient.expect(201, client.post("/v1/rules", rule)).header("Location");
  }

  /** The id of the rule at a path. */
  public static String idOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public static TestResponse transition(
      ContractCheckingClient client, String path, String verb, String... headers) {
    return client.send("POST", path + "/" + verb, new byte[0], headers);
  }

  /** What of a rule, or of a version of one, was written by those who keep it. */
  public static String definition(JsonNode rule) {
    Stream<String> written =
        rule.propertyNames().stream().filter(name -> !SERVER_FIELDS.contains(name));
    return "{"
        + String.join(
            ",", written.map(name -> "\"" + name + "\":" + TestJson.write(rule.get(name))).toList())
        + "}";
  }

  /** The same JSON without the space between its parts. */
  public static String compact(String json) {
    return TestJson.write(TestJson.read(json));
  }
}
