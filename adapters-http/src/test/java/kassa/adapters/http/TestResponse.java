package kassa.adapters.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** HTTP response with its body as text. */
public record TestResponse(int status, HttpHeaders headers, String body) {

  /** Creates a response; its body must be UTF-8. */
  static TestResponse of(int status, HttpHeaders headers, byte[] body) {
    try {
      return new TestResponse(
          status,
          headers,
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException otherwise) {
      throw new AssertionError("the response body is not UTF-8", otherwise);
    }
  }

  /** Returns the value of a header that occurs exactly once. */
  public String header(String name) {
    List<String> values = headers.allValues(name);
    if (values.size() != 1) {
      throw new AssertionError(name + " should occur once, but has the values " + values);
    }
    return values.getFirst();
  }

  public boolean has(String header) {
    return headers.firstValue(header).isPresent();
  }

  public JsonNode json() {
    return TestJson.read(body);
  }

  /** Returns the text at a JSON pointer of the body. */
  public String at(String pointer) {
    JsonNode node = json().at(pointer);
    if (node.isMissingNode()) {
      throw new AssertionError("missing " + pointer + " in " + body);
    }
    return node.asString();
  }

  /**
   * Returns the violations, each as {@code location code}; the location of a whole body is empty.
   */
  public List<String> violations() {
    return json().path("errors").valueStream().map(TestResponse::violation).toList();
  }

  private static String violation(JsonNode error) {
    String location =
        error.has("pointer")
            ? error.get("pointer").stringValue()
            : error.has("parameter")
                ? "?" + error.get("parameter").stringValue()
                : error.path("header").stringValue() + ":";
    return (location + " " + error.path("code").stringValue()).strip();
  }
}
