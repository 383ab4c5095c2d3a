package kassa.adapters.http.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.HttpTestWebhooks;
import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.OpenApiContract.Operation;
import kassa.adapters.http.OpenApiSpecification;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.problem.ProblemKind;
import kassa.application.port.in.pricing.UnavailableItem;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleCombination;
import kassa.domain.rule.RuleDefinition;
import kassa.domain.rule.RuleNames;
import kassa.domain.rule.UsageLimits;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

public class OpenApiDocumentTest {

  private static final OpenApiContract CONTRACT = OpenApiContract.KASSA;
  private static final JsonNode DOCUMENT = CONTRACT.document();

  /** Rule id of the examples; tests replace it with the id of an existing rule. */
  public static final String RULE = "rul_01kdvdna00e000000000000001";

  /** Records whose components are fields of the rule itself in JSON. */
  private static final Set<Class<?>> RULE_GROUPS = Set.of(RuleNames.class, RuleCombination.class);

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @Test
  void server_serves_the_openapi_document() {
    assertThat(SERVER.client.get("/openapi.json").json()).isEqualTo(DOCUMENT);
  }

  @Test
  void is_valid_openapi_3_1() {
    assertThat(OpenApiSpecification.violationsOf(DOCUMENT)).isEmpty();
  }

  @Test
  void every_reference_resolves() {
    List<String> references = DOCUMENT.findValuesAsString("$ref");

    assertThat(references).hasSizeGreaterThan(50);
    assertThat(references).allMatch(reference -> reference.startsWith("#/components/"));
    assertThat(references)
        .noneMatch(reference -> DOCUMENT.at(reference.substring(1)).isMissingNode());
  }

  @Test
  void every_component_is_used() {
    Set<String> references = Set.copyOf(DOCUMENT.findValuesAsString("$ref"));

    assertThat(
            DOCUMENT.get("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind ->
                    kind.getValue().propertyNames().stream()
                        .map(name -> "#/components/" + kind.getKey() + "/" + name))
                .filter(component -> !references.contains(component)))
        .isEmpty();
  }

  @Test
  void every_operation_documents_its_authentication() {
    assertThat(DOCUMENT.get("security").toString()).isEqualTo("[{\"bearer\":[]},{\"cookie\":[]}]");
    for (Operation operation : CONTRACT.operations()) {
      JsonNode call = DOCUMENT.at(operation.pointer());
      String unauthenticated = "#/components/responses/Unauthenticated";
      boolean isAuthenticated = call.at("/responses/401/$ref").asString("").equals(unauthenticated);

      assertThat(call.path("security").isArray())
          .as(operation.toString())
          .isNotEqualTo(isAuthenticated);
      assertThat(call.at("/responses/403").isObject() || !isAuthenticated).isTrue();
    }
  }

  /** Go has one namespace for the constants of all enums; {@code x-enum-varnames} names them. */
  @Test
  void enum_constants_have_unique_names() {
    List<String> constants = new ArrayList<>();
    for (JsonNode schema : DOCUMENT.at("/components/schemas")) {
      JsonNode names = schema.path("x-enum-varnames");
      if (names.isArray()) {
        assertThat(names).hasSameSizeAs(schema.get("enum"));
        names.forEach(name -> constants.add(name.stringValue()));
      } else if (schema.path("enum").isArray()) {
        schema.get("enum").forEach(value -> constants.add(constant(value.asString())));
      }
    }

    assertThat(constants).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  /** Generators make underscores of all other characters. */
  private static String constant(String value) {
    return value.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Test
  void every_operation_has_a_summary_and_a_description() {
    for (Operation operation : CONTRACT.operations()) {
      JsonNode call = DOCUMENT.at(operation.pointer());
      assertThat(call.path("summary").asString("")).as(operation.toString()).isNotEmpty();
      assertThat(call.path("description").asString("")).as(operation.toString()).isNotEmpty();
    }
  }

  /** A generated client has one type per schema, and Go a constructor {@code New...} per type. */
  @Test
  void schema_names_do_not_collide() {
    List<String> names = new ArrayList<>();
    for (String name : DOCUMENT.at("/components/schemas").propertyNames()) {
      names.add(name.toLowerCase(Locale.ROOT));
    }

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names).noneMatch(name -> names.contains("new" + name));
  }

  @Test
  void every_integer_has_a_format_and_bounds() {
    for (String pointer : pointersTo("type", "", DOCUMENT)) {
      if (DOCUMENT.at(pointer).toString().contains("\"integer\"")) {
        String at = pointer.substring(0, pointer.length() - "/type".length());
        assertThat(DOCUMENT.at(at).propertyNames()).as(at).contains("format", "minimum", "maximum");
      }
    }
  }

  /** Clients would send them, and a value that is sent says more than one that is left out. */
  @Test
  void no_schema_has_a_default_and_only_discriminated_schemas_have_one_of() {
    for (String pointer : pointersTo("default", "", DOCUMENT)) {
      assertThat(pointer).endsWith("/responses/default");
    }
    for (String pointer : pointersTo("oneOf", "", DOCUMENT)) {
      assertThat(DOCUMENT.at(pointer.replaceFirst("/oneOf$", "/discriminator")).isObject())
          .as(pointer)
          .isTrue();
    }
  }

  /**
   * The page at /docs fills in examples and defaults: "Execute" would filter by them, or repeat an
   * idempotency key.
   */
  @Test
  void optional_parameters_have_no_example_and_no_default() {
    for (Operation operation : CONTRACT.operations()) {
      for (JsonNode parameter : DOCUMENT.at(operation.pointer()).path("parameters")) {
        if (!parameter.path("required").asBoolean(false)) {
          assertThat(List.of("example", "examples"))
              .as("%s %s", operation, parameter.get("name"))
              .noneMatch(parameter::has)
              .noneMatch(name -> parameter.get("schema").has(name));
          assertThat(parameter.get("schema").has("default")).isFalse();
        }
      }
    }
  }

  @Test
  void order_of_a_batch_has_a_key_and_the_fields_of_an_order() {
    JsonNode ofBatch = DOCUMENT.at("/components/schemas/BatchOrder/properties").deepCopy();
    ((ObjectNode) ofBatch).remove("key");

    assertThat(ofBatch).isEqualTo(DOCUMENT.at("/components/schemas/PlaceOrderRequest/properties"));
  }

  @Test
  void operation_ids_are_unique() {
    assertThat(DOCUMENT.findValuesAsString("operationId"))
        .hasSameSizeAs(CONTRACT.operations())
        .doesNotHaveDuplicates();
  }

  @Test
  void path_variables_are_declared_as_parameters() {
    for (Operation operation : CONTRACT.operations()) {
      List<String> inPath =
          DOCUMENT
              .at(operation.pointer())
              .path("parameters")
              .valueStream()
              .filter(parameter -> parameter.get("in").stringValue().equals("path"))
              .map(parameter -> "{" + parameter.get("name").stringValue() + "}")
              .toList();

      assertThat(
              Pattern.compile("\\{[^}]*\\}")
                  .matcher(operation.path())
                  .results()
                  .map(result -> result.group()))
          .containsExactlyElementsOf(inPath);
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void every_schema_is_valid_json_schema(String pointer) {
    assertThat(
            SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(DOCUMENT.at(pointer)))
        .isEmpty();
  }

  static Stream<String> schemas() {
    return Stream.concat(
        DOCUMENT.at("/components/schemas").propertyNames().stream()
            .map(name -> "/components/schemas/" + name),
        pointersTo("schema", "", DOCUMENT).stream());
  }

  @ParameterizedTest
  @MethodSource("describedValues")
  void every_example_matches_its_schema(String pointer) {
    JsonNode described = DOCUMENT.at(pointer);
    List<JsonNode> examples = new ArrayList<>();
    described.path("examples").forEach(example -> examples.add(example.get("value")));
    if (described.has("example")) {
      examples.add(described.get("example"));
    }

    for (JsonNode example : examples) {
      CONTRACT.checkInstance(pointer + "/schema", example, "an example");
    }
  }

  static Stream<String> describedValues() {
    return pointersTo("schema", "", DOCUMENT).stream()
        .map(pointer -> pointer.substring(0, pointer.length() - "/schema".length()));
  }

  @Test
  void every_json_body_has_an_example() {
    List<String> without =
        describedValues()
            .filter(pointer -> pointer.endsWith("json"))
            .filter(pointer -> DOCUMENT.at(pointer).path("examples").isEmpty())
            .toList();

    assertThat(without)
        .containsExactly("/paths/~1openapi.json/get/responses/200/content/application~1json");
  }

  @ParameterizedTest
  @MethodSource("requestExamples")
  void every_request_example_succeeds(Operation operation, String type, String pointer) {
    JsonNode example = DOCUMENT.at(pointer);
    String body = example.isString() ? example.stringValue() : example.toString();
    String rule =
        HttpTestRules.idOf(HttpTestRules.createRule(SERVER.client, HttpTestRules.VALID_RULE));

    List<String> headers = new ArrayList<>(List.of("Content-Type", type));
    headers.addAll(requiredHeaders(operation));

    TestResponse response =
        client(operation)
            .send(
                operation.method(),
                pathOf(operation).replace(RULE, rule),
                body.replace(RULE, rule).getBytes(UTF_8),
                headers.toArray(String[]::new));

    assertThat(response.status()).isBetween(200, 201);
  }

  static Stream<Arguments> requestExamples() {
    return CONTRACT.operations().stream()
        .flatMap(operation ->
            DOCUMENT.at(operation.pointer() + "/requestBody/content").propertyNames().stream()
                .flatMap(type -> examplesOf(operation, type)));
  }

  private static Stream<Arguments> examplesOf(Operation operation, String type) {
    String examples =
        operation.pointer() + "/requestBody/content/" + OpenApiContract.escaped(type) + "/examples";
    return DOCUMENT.at(examples).propertyNames().stream()
        .map(name -> arguments(operation, type, examples + "/" + name + "/value"));
  }

  /** Returns the names and the example values of the required headers. */
  private static List<String> requiredHeaders(Operation operation) {
    return DOCUMENT
        .at(operation.pointer())
        .path("parameters")
        .valueStream()
        .filter(it -> it.get("in").stringValue().equals("header"))
        .filter(it -> it.path("required").asBoolean())
        .flatMap(it -> Stream.of(it.get("name").stringValue(), it.get("example").stringValue()))
        .toList();
  }

  /** Returns a client for the operation; a new user if the operation requires a user. */
  private static ContractCheckingClient client(Operation operation) {
    return switch (operation.path()) {
      case "/v1/auth/login" -> {
        SERVER.client.post(
            "/v1/auth/register",
            HttpTestUsers.loginBody("ann@example.com", HttpTestUsers.PASSWORD));
        yield SERVER.client;
      }
      case "/v1/auth/password" -> HttpTestUsers.createUserClient(SERVER.client, "customer");
      default -> SERVER.client;
    };
  }

  /** Returns the path with example values; first places an order, in the required status. */
  private static String pathOf(Operation operation) {
    String path = operation.path();
    if (path.startsWith("/v1/orders/{id}")) {
      String number = SERVER.client.place(OrderBodies.VALID_ORDER).at("/number");
      for (String transition : transitionsBefore(path)) {
        SERVER.client.post("/v1/orders/" + number + "/" + transition, "", "If-Match", "*");
      }
      path = path.replace("{id}", number);
    }
    if (path.startsWith("/v1/users/{id}")) {
      path = path.replace("{id}", HttpTestUsers.createUser(SERVER.client, "customer").at("/id"));
    }
    if (path.startsWith("/v1/webhook-endpoints/{id}")) {
      path = path.replace("/v1/webhook-endpoints/{id}", HttpTestWebhooks.create(SERVER.client));
    }
    for (JsonNode parameter : DOCUMENT.at(operation.pointer()).path("parameters")) {
      String variable = "{" + parameter.get("name").stringValue() + "}";
      path = path.replace(variable, parameter.path("example").asString());
    }
    return path;
  }

  /** Returns the transitions of an order that a call requires. */
  private static List<String> transitionsBefore(String path) {
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "ship", "refunds" -> List.of("pay");
      case "complete" -> List.of("pay", "ship");
      default -> List.of();
    };
  }

  @Test
  void quote_examples_match_real_responses() {
    JsonNode call = DOCUMENT.at("/paths/~1v1~1quotes/post");
    JsonNode requests = call.at("/requestBody/content/application~1json/examples");
    JsonNode responses = call.at("/responses/200/content/application~1json/examples");

    for (String name : new String[] {"ten", "what-if"}) {
      String query = name.equals("ten") ? "" : "?explain=true&units=true";
      TestResponse response =
          SERVER.client.post("/v1/quotes" + query, requests.get(name).get("value").toString());

      assertThat(response.json()).isEqualTo(responses.get(name).get("value"));
    }
  }

  @Test
  void documents_every_effect_and_every_rule_field() {
    JsonNode schemas = DOCUMENT.at("/components/schemas");
    List<String> effects =
        schemas
            .at("/RuleEffect/oneOf")
            .valueStream()
            .map(effect -> DOCUMENT.at(effect.get("$ref").stringValue().substring(1)))
            .map(effect -> effect.at("/properties/type/const").stringValue())
            .toList();
    TestResponse unknown = SERVER.client.post("/v1/rules", HttpTestRules.rule("\"none\""));
    assertThat(unknown.at("/errors/0/detail"))
        .isEqualTo("type must be one of " + String.join(", ", effects));

    assertThat(schemas.at("/RuleDefinition/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(ruleFields(RuleDefinition.class).toList());
    assertThat(schemas.at("/RuleLimits/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(ruleFields(UsageLimits.class).toList());
  }

  /** JSON names of the components of a rule; JSON has no groups and no prefix {@code is}. */
  private static Stream<String> ruleFields(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component ->
            RULE_GROUPS.contains(component.getType())
                ? ruleFields(component.getType())
                : Stream.of(jsonName(component.getName())));
  }

  private static String jsonName(String component) {
    return component.matches("is[A-Z].*")
        ? component.substring(2, 3).toLowerCase(Locale.ROOT) + component.substring(3)
        : component;
  }

  @Test
  void order_examples_have_correct_prices() {
    JsonNode examples =
        DOCUMENT.at("/paths/~1v1~1orders/post/requestBody/content/application~1json/examples");

    for (String name : new String[] {"one", "ten", "fifty"}) {
      TestResponse placed = SERVER.client.place(examples.get(name).get("value").toString());

      assertThat(examples.get(name).get("summary").stringValue()).endsWith(placed.at("/total"));
    }
  }

  @Test
  void documents_every_problem_code() {
    assertThat(codes("ProblemCode"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemKind.values()).map(ProblemKind::code).toList());
  }

  @Test
  void documents_every_violation_code() {
    assertThat(codes("ViolationCode"))
        .containsAll(
            Arrays.stream(InvalidValueException.Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .collect(toSet()));
  }

  @Test
  void documents_every_code_rejection_and_unavailable_item_reason() {
    assertThat(codes("SkipReason")).containsExactlyElementsOf(wireNames(SkipReason.values()));
    assertThat(codes("ViolationCode"))
        .containsAll(wireNames(SkipReason.values()))
        .containsAll(wireNames(UnavailableItem.Reason.values()));
  }

  private static List<String> wireNames(Enum<?>[] constants) {
    return Arrays.stream(constants).map(EnumNames::of).toList();
  }

  @Test
  void documents_every_pricing_policy() {
    JsonNode policy = DOCUMENT.at("/components/schemas/Policy/properties");

    for (RecordComponent component : Policy.class.getRecordComponents()) {
      JsonNode choice = policy.get(component.getName());
      List<String> documented =
          codes(choice.at("/anyOf/0/$ref").stringValue().replaceFirst(".*/", ""));
      List<String> constants =
          Arrays.stream(component.getType().getEnumConstants())
              .map(constant -> EnumNames.of((Enum<?>) constant))
              .toList();
      assertThat(documented).isEqualTo(constants);
      assertThat(choice.get("description").stringValue())
          .endsWith("Default: `" + constants.getFirst() + "`.");
    }
    assertThat(policy).hasSameSizeAs(List.of(Policy.class.getRecordComponents()));
  }

  @Test
  void problem_examples_have_known_codes_and_matching_status() {
    List<String> examples = new ArrayList<>();
    for (String pointer : pointersTo("value", "", DOCUMENT)) {
      JsonNode problem = DOCUMENT.at(pointer);
      if (problem.has("requestId")) {
        ProblemKind kind =
            ProblemKind.valueOf(problem.get("code").stringValue().toUpperCase(Locale.ROOT));
        assertThat(problem.get("title").stringValue()).isEqualTo(kind.title());
        assertThat(problem.get("type").stringValue()).isEqualTo(kind.type());
        assertThat(problem.get("status").intValue()).isEqualTo(kind.status());
        assertThat(pointer).doesNotContainPattern("/responses/(?!" + kind.status() + ")[0-9]+/");
        examples.add(pointer);
      }
    }
    assertThat(examples).hasSizeGreaterThan(20);
  }

  private static List<String> codes(String schema) {
    return DOCUMENT
        .at("/components/schemas/" + schema + "/enum")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  /** Returns the pointers of all fields with this name, at any depth. */
  private static List<String> pointersTo(String name, String pointer, JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(field -> {
            String at = pointer + "/" + OpenApiContract.escaped(field.getKey());
            if (field.getKey().equals(name)) {
              found.add(at);
            }
            found.addAll(pointersTo(name, at, field.getValue()));
          });
    }
    return found;
  }
}
