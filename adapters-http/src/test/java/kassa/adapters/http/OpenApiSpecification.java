package kassa.adapters.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Validates the structure of an OpenAPI 3.1 document, as far as Kassa uses it: the required and
 * allowed fields of each kind of object, and the format of their values. Source: the OpenAPI
 * Specification, version 3.1.
 */
public final class OpenApiSpecification {

  /** Allowed fields of each kind of object; an exclamation mark follows a required field. */
  private static final Map<String, String> ALLOWED_FIELDS =
      Map.ofEntries(
          Map.entry("document", "openapi! info! servers paths! components security tags"),
          Map.entry("info", "title! version! summary description contact license"),
          Map.entry("license", "name! identifier url"),
          Map.entry("server", "url! description"),
          Map.entry("tag", "name! description"),
          Map.entry("path", "get post put patch delete parameters summary description"),
          Map.entry(
              "operation",
              "responses! operationId summary description tags parameters requestBody security"),
          Map.entry("parameter", "name! in! description required schema example examples"),
          Map.entry("body", "content! description required"),
          Map.entry("media type", "schema example examples"),
          Map.entry("response", "description! headers content"),
          Map.entry("header", "description required schema"),
          Map.entry("example", "value! summary description"),
          Map.entry("components", "schemas headers responses securitySchemes"));

  private final List<String> violations = new ArrayList<>();

  private OpenApiSpecification() {}

  public static List<String> violationsOf(JsonNode document) {
    OpenApiSpecification specification = new OpenApiSpecification();
    specification.document(document);
    return specification.violations;
  }

  private void document(JsonNode document) {
    fields("document", "", document);
    matches("3\\.1\\.[0-9]+", "/openapi", document.path("openapi"));
    fields("info", "/info", document.path("info"));
    fields("license", "/info/license", document.path("info").path("license"));
    each("/servers", document.path("servers"), (at, server) -> fields("server", at, server));
    each("/tags", document.path("tags"), (at, tag) -> fields("tag", at, tag));
    each("/paths", document.path("paths"), this::path);
    JsonNode components = document.path("components");
    fields("components", "/components", components);
    each("/components/responses", components.path("responses"), this::response);
    each("/components/headers", components.path("headers"), this::header);
  }

  private void path(String at, JsonNode path) {
    matches("/paths/~1.*", at);
    fields("path", at, path);
    path.properties().stream()
        .filter(field -> field.getValue().has("responses"))
        .forEach(field -> operation(at + "/" + field.getKey(), field.getValue()));
  }

  private void operation(String at, JsonNode operation) {
    fields("operation", at, operation);
    each(at + "/parameters", operation.path("parameters"), this::parameter);
    each(at + "/responses", operation.path("responses"), this::response);
    if (operation.has("requestBody")) {
      fields("body", at + "/requestBody", operation.get("requestBody"));
      content(at + "/requestBody/content", operation.get("requestBody").path("content"));
    }
  }

  private void parameter(String at, JsonNode parameter) {
    fields("parameter", at, parameter);
    matches("path|query|header", at + "/in", parameter.path("in"));
    if (parameter.path("in").asString().equals("path") && !parameter.path("required").asBoolean()) {
      violations.add(at + " is a path parameter and must be required");
    }
    each(at + "/examples", parameter.path("examples"), (to, each) -> fields("example", to, each));
  }

  private void response(String at, JsonNode response) {
    matches("/components/responses/[A-Za-z]+|.*/responses/([1-5][0-9]{2}|default)", at);
    if (!response.has("$ref")) {
      fields("response", at, response);
      each(at + "/headers", response.path("headers"), this::header);
      content(at + "/content", response.path("content"));
    }
  }

  private void header(String at, JsonNode header) {
    if (!header.has("$ref")) {
      fields("header", at, header);
    }
  }

  private void content(String at, JsonNode content) {
    each(
        at,
        content,
        (to, type) -> {
          matches(".*/[a-z]+~1[a-z+-]+", to);
          fields("media type", to, type);
          each(to + "/examples", type.path("examples"), (each, it) -> fields("example", each, it));
        });
  }

  private void each(String at, JsonNode many, BiConsumer<String, JsonNode> check) {
    if (many.isArray()) {
      for (int i = 0; i < many.size(); i++) {
        check.accept(at + "/" + i, many.get(i));
      }
    } else {
      many.properties()
          .forEach(one ->
              check.accept(at + "/" + OpenApiContract.escaped(one.getKey()), one.getValue()));
    }
  }

  private void fields(String kind, String at, JsonNode object) {
    String allowed = " " + ALLOWED_FIELDS.getOrDefault(kind, "") + " ";
    TreeSet<String> names = new TreeSet<>(object.propertyNames());
    names.stream()
        .filter(name -> !allowed.contains(" " + name + " ") && !allowed.contains(" " + name + "! "))
        .forEach(name -> violations.add(at + " must not contain " + name));
    Stream.of(allowed.strip().split(" ", -1))
        .filter(field -> field.endsWith("!"))
        .map(field -> field.substring(0, field.length() - 1))
        .filter(field -> !names.contains(field))
        .forEach(field -> violations.add(at + " has no " + field));
  }

  private void matches(String pattern, String at, JsonNode text) {
    if (!text.asString("").matches(pattern)) {
      violations.add(at + " should match " + pattern);
    }
  }

  private void matches(String pattern, String at) {
    if (!at.matches(pattern)) {
      violations.add(at + " should match " + pattern);
    }
  }
}
