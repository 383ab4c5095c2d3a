package kassa.adapters.http;

import static java.util.stream.Collectors.joining;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.Responses;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The OpenAPI document, as the judge of what may go over the wire. */
public final class OpenApiContract {

  /** The document that the server answers. */
  public static final OpenApiContract KASSA = new OpenApiContract(resource());

  private static final String CONTRACT_URI = "https://kassa.test/openapi.json";

  /** The responses to what no call answers, in {@code components}. */
  public static final Map<Integer, String> RESPONSES_WITHOUT_OPERATION =
      Map.of(
          400, "BadRequest",
          404, "NotFound",
          405, "MethodNotAllowed",
          414, "UriTooLong",
          431, "HeadersTooLarge",
          503, "Stopping");

  private final JsonNode document;
  private final SchemaRegistry schemas;

  OpenApiContract(String text) {
    document = TestJson.read(text);
    schemas =
        SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder ->
                builder
                    .schemas(Map.of(CONTRACT_URI, text))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** A call of the contract. */
  public record Operation(String method, String path) {

    /** Where the call stands in the document. */
    public String pointer() {
      return "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT);
    }

    private boolean matchesPath(String requestPath) {
      String pattern =
          Stream.of(path.split("(?<=\\})|(?=\\{)", -1))
              .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
              .collect(joining());
      return requestPath.matches(pattern);
    }
  }

  public JsonNode document() {
    return document;
  }

  public List<Operation> operations() {
    return document.get("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .map(call -> new Operation(upper(call.getKey()), path.getKey())))
        .toList();
  }

  /** The call that answers a request, if one does. A path without variables goes first. */
  Optional<Operation> operation(String method, String requestPath) {
    String answering = method.equals("HEAD") ? "GET" : method;
    return operations().stream()
        .filter(
            operation -> operation.method().equals(answering) && operation.matchesPath(requestPath))
        .min(Comparator.comparing(operation -> operation.path().contains("{")));
  }

  /**
   * @throws AssertionError unless the document has this answer to such a request
   */
  void check(String method, String requestPath, TestResponse answer) {
    Optional<Operation> operation = operation(method, requestPath);
    if (operation.isEmpty()) {
      checkResponseWithoutOperation(answer);
    } else {
      String pointer = operation.get().pointer() + "/responses/" + answer.status();
      checkResponse(pointer, answer, method.equals("HEAD"));
    }
  }

  /**
   * @throws AssertionError unless the document has this answer to what is no call at all
   */
  void checkResponseWithoutOperation(TestResponse answer) {
    String name = RESPONSES_WITHOUT_OPERATION.getOrDefault(answer.status(), "none");
    checkResponse("/components/responses/" + name, answer, false);
  }

  /**
   * @throws AssertionError unless the document allows this body of a request
   */
  void checkRequest(Operation operation, String contentType, String body) {
    JsonNode content = document.at(operation.pointer() + "/requestBody/content");
    String type =
        content.has(contentType) ? contentType : content.propertyNames().iterator().next();
    JsonNode instance = type.endsWith("/json") ? TestJson.read(body) : StringNode.valueOf(body);
    String pointer = operation.pointer() + "/requestBody/content/" + escaped(type) + "/schema";
    checkInstance(pointer, instance, "a request to " + operation);
  }

  /**
   * Validates a JSON value against a schema of the contract.
   *
   * @throws AssertionError unless the instance is as the schema at this pointer has it
   */
  public void checkInstance(String schemaPointer, JsonNode instance, String what) {
    Schema schema = schemas.getSchema(SchemaLocation.of(CONTRACT_URI + "#" + schemaPointer));
    String errors = schema.validate(instance).stream().map(Object::toString).collect(joining("\n"));
    if (!errors.isEmpty()) {
      throw new AssertionError(what + " breaks the contract:\n" + errors + "\nin " + instance);
    }
  }

  /** The pointer at which what stands here, or what it refers to, really is. */
  public String resolved(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isString() ? resolved(reference.stringValue().substring(1)) : pointer;
  }

  public static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void checkResponse(String pointer, TestResponse answer, boolean withoutBody) {
    String at = resolved(pointer);
    JsonNode response = document.at(at);
    if (!response.isObject()) {
      throw new AssertionError(
          "the contract has no " + pointer + ", but it came: " + answer.body());
    }
    for (var header : response.path("headers").properties()) {
      checkHeader(at + "/headers/" + escaped(header.getKey()), header.getKey(), answer);
    }
    if (response.has("content")) {
      checkContent(at, response.get("content"), answer, withoutBody);
    } else if (!answer.body().isEmpty() || answer.has("Content-Type")) {
      throw new AssertionError("there should be no body at " + at + ", but: " + answer.body());
    }
  }

  private void checkHeader(String pointer, String name, TestResponse answer) {
    String at = resolved(pointer);
    if (answer.has(name)) {
      checkInstance(at + "/schema", StringNode.valueOf(answer.header(name)), "header " + name);
    } else if (document.at(at).path("required").asBoolean()) {
      throw new AssertionError("there is no header " + name + ", which has to be");
    }
  }

  private void checkContent(String at, JsonNode content, TestResponse answer, boolean withoutBody) {
    String[] type = answer.header("Content-Type").split(";", 2);
    if (!content.has(type[0])) {
      throw new AssertionError("Content-Type should be one of " + content + ", not " + type[0]);
    }
    if (type.length > 1 && !type[1].equals("charset=utf-8")) {
      throw new AssertionError("nothing but UTF-8 should be sent, not " + type[1]);
    }
    if (withoutBody) {
      return;
    }
    JsonNode body =
        type[0].matches(".*[/+]json") ? answer.json() : StringNode.valueOf(answer.body());
    checkInstance(at + "/content/" + escaped(type[0]) + "/schema", body, "an answer");
    if (type[0].equals(Responses.PROBLEM_JSON)) {
      checkProblem(body, answer);
    }
  }

  /** What a schema cannot say of a problem. */
  private static void checkProblem(JsonNode problem, TestResponse answer) {
    String type = "/problems/" + problem.get("code").stringValue().replace('_', '-');
    if (problem.get("status").intValue() != answer.status()
        || !problem.get("type").stringValue().equals(type)
        || !problem.get("requestId").stringValue().equals(answer.header(RequestIds.HEADER))) {
      throw new AssertionError("a problem contradicts itself or its headers: " + problem);
    }
    if (problem.findValuesAsString("detail").stream().anyMatch(OpenApiContract::namesCode)) {
      throw new AssertionError("a problem tells how the server is made: " + problem);
    }
  }

  private static boolean namesCode(String text) {
    return Pattern.compile("Exception|Throwable|\\b(java|kassa|io|org|tools)\\.[a-z]")
        .matcher(text)
        .find();
  }

  private static String upper(String method) {
    return method.toUpperCase(Locale.ROOT);
  }

  private static String resource() {
    try (InputStream stream =
        OpenApiContract.class.getResourceAsStream("/META-INF/kassa/openapi.json")) {
      if (stream == null) {
        throw new AssertionError("there is no document");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
