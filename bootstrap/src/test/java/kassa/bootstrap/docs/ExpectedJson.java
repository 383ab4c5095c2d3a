package kassa.bootstrap.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares JSON with an example of the documentation. In the example, {@code ...} inside a string
 * stands for any text, and a member {@code "...": "..."} for any further members.
 */
final class ExpectedJson {

  private static final String ANY = "...";
  private static final JsonMapper MAPPER = new JsonMapper();

  private ExpectedJson() {}

  /** The differences, each with its JSON pointer; none if the actual JSON is as expected. */
  static List<String> differences(String expected, String actual) {
    List<JsonNode> expectedValues = read(expected);
    List<JsonNode> actualValues;
    try {
      actualValues = read(actual);
    } catch (JacksonException invalid) {
      return List.of("is no JSON: " + actual);
    }
    List<String> differences = new ArrayList<>();
    if (expectedValues.size() != actualValues.size()) {
      differences.add(
          "expected %s values, found %s: %s"
              .formatted(expectedValues.size(), actualValues.size(), actual));
      return differences;
    }
    for (int i = 0; i < expectedValues.size(); i++) {
      compare("", expectedValues.get(i), actualValues.get(i), differences);
    }
    return differences;
  }

  /** Whether a text equals an example in which {@code ...} stands for any text. */
  static boolean matches(String expected, String actual) {
    String regex =
        Stream.of(expected.split(Pattern.quote(ANY), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL).matcher(actual).matches();
  }

  private static List<JsonNode> read(String text) {
    try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      return values.readAll();
    }
  }

  private static void compare(
      String pointer, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.isObject() && actual.isObject()) {
      compareMembers(pointer, expected, actual, differences);
    } else if (expected.isArray() && actual.isArray()) {
      compareElements(pointer, expected, actual, differences);
    } else if (!isEqual(expected, actual)) {
      differences.add(pointer + ": expected " + expected + ", found " + actual);
    }
  }

  private static void compareMembers(
      String pointer, JsonNode expected, JsonNode actual, List<String> differences) {
    expected.properties().stream()
        .filter(member -> !member.getKey().equals(ANY))
        .forEach(member -> {
          JsonNode found = actual.get(member.getKey());
          String at = pointer + "/" + member.getKey();
          if (found == null) {
            differences.add(at + ": is missing");
          } else {
            compare(at, member.getValue(), found, differences);
          }
        });
    if (!expected.has(ANY)) {
      actual.propertyNames().stream()
          .filter(name -> !expected.has(name))
          .forEach(name -> differences.add(pointer + "/" + name + ": is not expected"));
    }
  }

  private static void compareElements(
      String pointer, JsonNode expected, JsonNode actual, List<String> differences) {
    if (expected.size() != actual.size()) {
      differences.add(
          "%s: expected %s elements, found %s".formatted(pointer, expected.size(), actual.size()));
      return;
    }
    for (int i = 0; i < expected.size(); i++) {
      compare(pointer + "/" + i, expected.get(i), actual.get(i), differences);
    }
  }

  private static boolean isEqual(JsonNode expected, JsonNode actual) {
    if (expected.isString() && actual.isString()) {
      return matches(expected.asString(), actual.asString());
    }
    return expected.equals(actual);
  }
}
