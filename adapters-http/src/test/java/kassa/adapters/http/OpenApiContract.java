package kassa.adapters.http;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.Responses;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** OpenAPI document that validates requests and responses. */
public final class OpenApiContract {

  /** The document that the server serves. */
  public static final OpenApiContract KASSA = new OpenApiContract(resource());

  private static final String CONTRACT_URI = "https://kassa.test/openapi.json";

  /** Status codes of the responses without an operation. */
  private static final Set<Integer> STATUS_WITHOUT_OPERATION =
      Set.of(400, 404, 405, 406, 414, 431, 503);

  private final JsonNode document;
  private final SchemaRegistry schemas;
  private final Map<String, Schema> schemasByPointer = new ConcurrentHashMap<>();

  /** The operations in the order of the document, with the patterns of their paths. */
  private final Map<Operation, Pattern> operations;

  OpenApiContract(String text) {
    document = TestJson.read(text);
    operations =
        document.get("paths").properties().stream()
            .flatMap(path ->
                path.getValue().properties().stream()
                    .map(entry -> new Operation(upper(entry.getKey()), path.getKey())))
            .collect(
                toMap(
                    Function.identity(),
                    Operation::pathPattern,
                    (pattern, same) -> pattern,
                    LinkedHashMap::new));
    String strict = strict(TestJson.read(text)).toString();
    schemas =
        SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder ->
                builder
                    .schemas(Map.of(CONTRACT_URI, strict))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /**
   * Forbids fields that an object does not declare. The document allows them in responses, so that
   * clients accept those of a later server; this server sends only documented ones.
   */
  private static JsonNode strict(JsonNode document) {
    Set<String> parts = new HashSet<>();
    document.findValues("allOf").forEach(all -> all.findValuesAsString("$ref").forEach(parts::add));
    document
        .at("/components/schemas")
        .properties()
        .forEach(schema -> {
          if (schema.getValue() instanceof ObjectNode object
              && (object.has("properties") || object.has("allOf"))
              && !object.has("additionalProperties")
              && !parts.contains("#/components/schemas/" + schema.getKey())) {
            object.put("unevaluatedProperties", false);
          }
        });
    return document;
  }

  /** An operation of the contract. */
  public record Operation(String method, String path) {

    /** Returns the JSON pointer of the operation in the document. */
    public String pointer() {
      return "/paths/" + escaped(path) + "/" + method.toLowerCase(Locale.ROOT);
    }

    private Pattern pathPattern() {
      return Pattern.compile(
          Stream.of(path.split("(?<=\\})|(?=\\{)", -1))
              .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
              .collect(joining()));
    }
  }

  public JsonNode document() {
    return document;
  }

  public List<Operation> operations() {
    return List.copyOf(operations.keySet());
  }

  /** Finds the operation of a request. Paths without variables take precedence. */
  Optional<Operation> operation(String method, String requestPath) {
    String documentedMethod = method.equals("HEAD") ? "GET" : method;
    return operations.entrySet().stream()
        .filter(entry ->
            entry.getKey().method().equals(documentedMethod)
                && entry.getValue().matcher(requestPath).matches())
        .map(Map.Entry::getKey)
        .min(Comparator.comparing(operation -> operation.path().contains("{")));
  }

  /**
   * Checks the response to a request.
   *
   * @throws AssertionError if the document does not allow this response
   */
  void check(String method, String requestPath, TestResponse response) {
    Optional<Operation> operation = operation(method, requestPath);
    if (operation.isEmpty()) {
      boolean isAssetOfDocs = requestPath.startsWith("/docs/") && response.status() < 400;
      if (!isAssetOfDocs) {
        checkResponseWithoutOperation(response);
      }
    } else {
      String pointer = operation.get().pointer() + "/responses/" + response.status();
      checkResponse(pointer, response, method.equals("HEAD"));
    }
  }

  /**
   * Checks the response to a request that matches no operation.
   *
   * @throws AssertionError if the document does not allow this response
   */
  void checkResponseWithoutOperation(TestResponse response) {
    if (!STATUS_WITHOUT_OPERATION.contains(response.status())) {
      throw new AssertionError("no status of a request without operation: " + response.status());
    }
    checkResponse("/components/responses/OtherProblem", response, false);
  }

  /**
   * Checks a request body.
   *
   * @throws AssertionError if the document does not allow this body
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
   * @throws AssertionError if the value violates the schema at this pointer
   */
  public void checkInstance(String schemaPointer, JsonNode instance, String what) {
    Schema schema =
        schemasByPointer.computeIfAbsent(
            schemaPointer,
            pointer -> schemas.getSchema(SchemaLocation.of(CONTRACT_URI + "#" + pointer)));
    String errors = schema.validate(instance).stream().map(Object::toString).collect(joining("\n"));
    if (!errors.isEmpty()) {
      throw new AssertionError(what + " breaks the contract:\n" + errors + "\nin " + instance);
    }
  }

  /** Returns the pointer of the value after following all {@code $ref} references. */
  public String resolved(String pointer) {
    JsonNode reference = document.at(pointer).path("$ref");
    return reference.isString() ? resolved(reference.stringValue().substring(1)) : pointer;
  }

  public static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void checkResponse(String pointer, TestResponse response, boolean withoutBody) {
    String at = resolved(pointer);
    JsonNode documented = document.at(at);
    if (!documented.isObject()) {
      throw new AssertionError(
          "the contract has no " + pointer + ", but the response was: " + response.body());
    }
    for (var header : documented.path("headers").properties()) {
      checkHeader(at + "/headers/" + escaped(header.getKey()), header.getKey(), response);
    }
    if (documented.has("content")) {
      checkContent(at, documented.get("content"), response, withoutBody);
    } else if (!response.body().isEmpty() || response.has("Content-Type")) {
      throw new AssertionError("no body expected at " + at + ", but: " + response.body());
    }
  }

  private void checkHeader(String pointer, String name, TestResponse response) {
    String at = resolved(pointer);
    if (response.has(name)) {
      checkInstance(at + "/schema", StringNode.valueOf(response.header(name)), "header " + name);
    } else if (document.at(at).path("required").asBoolean()) {
      throw new AssertionError("missing required header " + name);
    }
  }

  private void checkContent(
      String at, JsonNode content, TestResponse response, boolean withoutBody) {
    String[] type = response.header("Content-Type").split(";", 2);
    if (!content.has(type[0])) {
      throw new AssertionError("Content-Type should be one of " + content + ", not " + type[0]);
    }
    if (type.length > 1 && !type[1].replaceFirst("^version=[0-9.]+;", "").equals("charset=utf-8")) {
      throw new AssertionError("charset should be UTF-8, not " + type[1]);
    }
    if (withoutBody) {
      return;
    }
    JsonNode body =
        type[0].matches(".*[/+]json") ? response.json() : StringNode.valueOf(response.body());
    checkInstance(at + "/content/" + escaped(type[0]) + "/schema", body, "a response body");
    if (type[0].equals(Responses.PROBLEM_JSON)) {
      checkProblem(body, response);
    }
  }

  /** Checks rules for problems that a JSON schema cannot express. */
  private static void checkProblem(JsonNode problem, TestResponse response) {
    String type = "/problems/" + problem.get("code").stringValue().replace('_', '-');
    if (problem.get("status").intValue() != response.status()
        || !problem.get("type").stringValue().equals(type)
        || !problem.get("requestId").stringValue().equals(response.header(RequestIds.HEADER))) {
      throw new AssertionError(
          "problem is inconsistent with the status or the headers: " + problem);
    }
    if (problem.findValuesAsString("detail").stream()
        .anyMatch(OpenApiContract::revealsImplementation)) {
      throw new AssertionError("problem reveals implementation details: " + problem);
    }
  }

  private static boolean revealsImplementation(String text) {
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
        throw new AssertionError("the OpenAPI document is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
