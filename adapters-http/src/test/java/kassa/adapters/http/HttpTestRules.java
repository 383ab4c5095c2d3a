package kassa.adapters.http;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Request bodies of rules, and shortcuts for rule calls. */
public final class HttpTestRules {

  /** Id of a rule that does not exist. */
  public static final String UNKNOWN_ID = "rul_7zzzzzzzzzzzzzzzzzzzzzzzzz";

  /** Body of a valid rule. */
  public static final String VALID_RULE = rule("\"percent_off_order\", \"percent\": \"10\"");

  /** Fields that the server adds to a rule. */
  private static final List<String> SERVER_FIELDS =
      List.of("id", "version", "status", "needsCode", "createdAt", "updatedAt");

  private HttpTestRules() {}

  /**
   * Returns the body of a rule with one effect.
   *
   * @param effect the effect type in quotes, followed by its other fields
   */
  public static String rule(String effect) {
    return """
    {"name": "Ten", "effects": [{"type": %s}]}\
    """
        .formatted(effect);
  }

  /**
   * Returns the valid rule with one more field.
   *
   * @param value the JSON text of the value
   */
  public static String with(String field, String value) {
    return VALID_RULE.replaceFirst(
        "\\{", "{\"" + field + "\": " + value.replace("\\", "\\\\") + ", ");
  }

  /** Creates a rule and returns its path. */
  public static String createRule(ContractCheckingClient client, String rule) {
    return ContractCheckingClient.expect(201, client.post("/v1/rules", rule)).header("Location");
  }

  /** Returns the id of the rule at a path. */
  public static String idOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  public static TestResponse transition(
      ContractCheckingClient client, String path, String verb, String... headers) {
    return client.send("POST", path + "/" + verb, new byte[0], headers);
  }

  /** Returns the definition of a rule or of a rule version: all fields that the client sent. */
  public static String definition(JsonNode rule) {
    Stream<String> clientFields =
        rule.propertyNames().stream().filter(name -> !SERVER_FIELDS.contains(name));
    return "{"
        + String.join(
            ",",
            clientFields.map(name -> "\"" + name + "\":" + TestJson.write(rule.get(name))).toList())
        + "}";
  }

  /** Returns the same JSON without whitespace between its tokens. */
  public static String compact(String json) {
    return TestJson.write(TestJson.read(json));
  }
}
