package kassa.adapters.http;

import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came back over the wire. */
public record TestResponse(int status, HttpHeaders headers, String body) {

  /** What came back; the body has to be UTF-8. */
  static TestResponse of(int status, HttpHeaders headers, byte[] body) {
    try {
      return new TestResponse(
          status,
          headers,
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException otherwise) {
      throw new AssertionError("the body of an answer is not UTF-8", otherwise);
    }
  }

  /** The one value of a header. */
  public String header(String name) {
    List<String> values = headers.allValues(name);
    if (values.size() != 1) {
      throw new AssertionError(name + " should stand once, but there is " + values);
    }
    return values.getFirst();
  }

  public boolean has(String header) {
    return headers.firstValue(header).isPresent();
  }

  public JsonNode json() {
    return TestJson.read(body);
  }

  /** The text at a JSON pointer of the body. */
  public String at(String pointer) {
    JsonNode node = json().at(pointer);
    if (node.isMissingNode()) {
      throw new AssertionError("there is no " + pointer + " in " + body);
    }
    return node.asString();
  }

  /**
   * What is wrong with the request, each as {@code place code}; the place of a whole body is empty.
   */
  public List<String> violations() {
    return json().path("errors").valueStream().map(TestResponse::violation).toList();
  }

  private static String violation(JsonNode error) {
    String place =
        error.has("pointer")
            ? error.get("pointer").stringValue()
            : error.has("parameter")
                ? "?" + error.get("parameter").stringValue()
                : error.path("header").stringValue() + ":";
    return (place + " " + error.path("code").stringValue()).strip();
  }
}
