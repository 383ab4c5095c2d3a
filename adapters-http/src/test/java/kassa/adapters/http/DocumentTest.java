package kassa.adapters.http;

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
import kassa.adapters.http.Contract.Operation;
import kassa.adapters.http.message.Words;
import kassa.application.port.in.UnsellableItem;
import kassa.domain.InvalidValueException;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Limits;
import kassa.domain.rule.Policy;
import kassa.domain.rule.RuleDefinition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DocumentTest {

  private static final Contract CONTRACT = Contract.OF_KASSA;
  private static final JsonNode DOCUMENT = CONTRACT.document();

  /** The rule of the examples, for which one that is there has to stand. */
  static final String RULE = "rul_01kdvdna00e000000000000001";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @Test
  void is_what_the_server_answers() {
    assertThat(SERVER.client.get("/openapi.json").json()).isEqualTo(DOCUMENT);
  }

  @Test
  void has_the_form_of_OpenAPI_3_1() {
    assertThat(OpenApiForm.faultsOf(DOCUMENT)).isEmpty();
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> references = DOCUMENT.findValuesAsString("$ref");

    assertThat(references).hasSizeGreaterThan(50);
    assertThat(references).allMatch(reference -> reference.startsWith("#/components/"));
    assertThat(references)
        .noneMatch(reference -> DOCUMENT.at(reference.substring(1)).isMissingNode());
  }

  @Test
  void every_component_is_referred_to_or_answers_what_no_call_does() {
    Set<String> references = Set.copyOf(DOCUMENT.findValuesAsString("$ref"));

    assertThat(
            DOCUMENT.get("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .flatMap(kind ->
                    kind.getValue().propertyNames().stream()
                        .map(name -> "#/components/" + kind.getKey() + "/" + name))
                .filter(component -> !references.contains(component))
                .map(component -> component.replaceFirst(".*/", "")))
        .containsExactlyInAnyOrderElementsOf(Contract.ANSWERS_OF_NO_CALL.values());
  }

  @Test
  void every_call_says_whether_it_is_open_and_how_it_refuses_if_it_is_not() {
    assertThat(DOCUMENT.get("security").toString()).isEqualTo("[{\"bearer\":[]},{\"cookie\":[]}]");
    for (Operation operation : CONTRACT.operations()) {
      JsonNode call = DOCUMENT.at(operation.pointer());
      String unauthenticated = "#/components/responses/Unauthenticated";
      boolean isClosed = call.at("/responses/401/$ref").asString("").equals(unauthenticated);

      assertThat(call.path("security").isArray()).as(operation.toString()).isNotEqualTo(isClosed);
      assertThat(call.at("/responses/403").isObject() || !isClosed).isTrue();
    }
  }

  @Test
  void no_two_calls_have_one_name() {
    assertThat(DOCUMENT.findValuesAsString("operationId"))
        .hasSameSizeAs(CONTRACT.operations())
        .doesNotHaveDuplicates();
  }

  @Test
  void the_variables_of_every_path_are_its_parameters() {
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
  void every_schema_is_JSON_Schema(String pointer) {
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
  void every_example_is_as_its_schema_has_it(String pointer) {
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
  void every_JSON_that_is_sent_or_answered_has_an_example() {
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
  void every_example_of_a_request_succeeds(Operation operation, String type, String pointer) {
    JsonNode example = DOCUMENT.at(pointer);
    String body = example.isString() ? example.stringValue() : example.toString();
    String rule = Rules.idOf(Rules.created(SERVER.client, Rules.GOOD));

    List<String> headers = new ArrayList<>(List.of("Content-Type", type));
    headers.addAll(requiredHeaders(operation));

    Answer answer =
        client(operation)
            .send(
                operation.method(),
                pathOf(operation).replace(RULE, rule),
                body.replace(RULE, rule).getBytes(UTF_8),
                headers.toArray(String[]::new));

    assertThat(answer.status()).isBetween(200, 201);
  }

  static Stream<Arguments> requestExamples() {
    return CONTRACT.operations().stream()
        .flatMap(operation ->
            DOCUMENT.at(operation.pointer() + "/requestBody/content").propertyNames().stream()
                .flatMap(type -> examplesOf(operation, type)));
  }

  private static Stream<Arguments> examplesOf(Operation operation, String type) {
    String examples =
        operation.pointer() + "/requestBody/content/" + Contract.escaped(type) + "/examples";
    return DOCUMENT.at(examples).propertyNames().stream()
        .map(name -> arguments(operation, type, examples + "/" + name + "/value"));
  }

  /** Names and values, by the examples, of the headers that a call cannot do without. */
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

  /** Who calls it; somebody who has just registered, if it is for people. */
  private static CheckedClient client(Operation operation) {
    return switch (operation.path()) {
      case "/v1/auth/login" -> {
        SERVER.client.post("/v1/auth/register", People.login("ann@example.com", People.PASSWORD));
        yield SERVER.client;
      }
      case "/v1/auth/password" -> People.client(SERVER.client, "customer");
      default -> SERVER.client;
    };
  }

  /** The path with the examples of its variables; an order is placed and moved for that. */
  private static String pathOf(Operation operation) {
    String path = operation.path();
    if (path.startsWith("/v1/orders/{id}")) {
      String number = SERVER.client.place(Bodies.GOOD).at("/number");
      for (String move : movesBefore(path)) {
        SERVER.client.post("/v1/orders/" + number + "/" + move, "", "If-Match", "*");
      }
      path = path.replace("{id}", number);
    }
    if (path.startsWith("/v1/users/{id}")) {
      path = path.replace("{id}", People.user(SERVER.client, "customer").at("/id"));
    }
    for (JsonNode parameter : DOCUMENT.at(operation.pointer()).path("parameters")) {
      String variable = "{" + parameter.get("name").stringValue() + "}";
      path = path.replace(variable, parameter.path("example").asString());
    }
    return path;
  }

  /** What has to be done to an order before a call. */
  private static List<String> movesBefore(String path) {
    return switch (path.substring(path.lastIndexOf('/') + 1)) {
      case "ship", "refunds" -> List.of("pay");
      case "complete" -> List.of("pay", "ship");
      default -> List.of();
    };
  }

  @Test
  void what_an_example_of_a_quote_says_is_so() {
    JsonNode call = DOCUMENT.at("/paths/~1v1~1quotes/post");
    JsonNode sent = call.at("/requestBody/content/application~1json/examples");
    JsonNode answered = call.at("/responses/200/content/application~1json/examples");

    for (String name : new String[] {"ten", "what-if"}) {
      String asked = name.equals("ten") ? "" : "?explain=true&units=true";
      Answer answer =
          SERVER.client.post("/v1/quotes" + asked, sent.get(name).get("value").toString());

      assertThat(answer.json()).isEqualTo(answered.get(name).get("value"));
    }
  }

  @Test
  void knows_every_effect_there_is_and_every_field_of_a_rule() {
    JsonNode schemas = DOCUMENT.at("/components/schemas");
    List<String> effects =
        schemas
            .at("/RuleEffect/oneOf")
            .valueStream()
            .map(effect -> effect.at("/properties/type/const").stringValue())
            .toList();
    Answer unknown = SERVER.client.post("/v1/rules", Rules.rule("\"none\""));
    assertThat(unknown.at("/errors/0/detail"))
        .isEqualTo("type must be one of " + String.join(", ", effects));

    assertThat(schemas.at("/RuleDefinition/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RuleDefinition.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
    assertThat(schemas.at("/RuleLimits/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Limits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void what_an_example_of_an_order_says_of_its_price_is_so() {
    JsonNode examples =
        DOCUMENT.at("/paths/~1v1~1orders/post/requestBody/content/application~1json/examples");

    for (String name : new String[] {"one", "ten", "fifty"}) {
      Answer placed = SERVER.client.place(examples.get(name).get("value").toString());

      assertThat(examples.get(name).get("summary").stringValue()).endsWith(placed.at("/total"));
    }
  }

  @Test
  void knows_every_kind_of_problem_there_is() {
    assertThat(codes("Problem/properties/code"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemKind.values()).map(ProblemKind::code).toList());
  }

  @Test
  void knows_every_reason_for_which_a_value_is_refused() {
    assertThat(codes("FlawCode"))
        .containsAll(
            Arrays.stream(InvalidValueException.Reason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                .collect(toSet()));
  }

  @Test
  void knows_every_reason_for_which_a_code_brings_nothing_or_a_line_has_no_price() {
    assertThat(codes("SkipReason")).containsExactlyElementsOf(words(SkipReason.values()));
    assertThat(codes("FlawCode"))
        .containsAll(words(SkipReason.values()))
        .containsAll(words(UnsellableItem.Reason.values()));
  }

  private static List<String> words(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Words::of).toList();
  }

  @Test
  void knows_every_policy_there_is() {
    JsonNode policy = DOCUMENT.at("/components/schemas/Policy/properties");

    for (RecordComponent component : Policy.class.getRecordComponents()) {
      List<String> words =
          policy
              .get(component.getName())
              .get("enum")
              .valueStream()
              .filter(JsonNode::isString)
              .map(JsonNode::stringValue)
              .toList();
      List<String> constants =
          Arrays.stream(component.getType().getEnumConstants())
              .map(constant -> Words.of((Enum<?>) constant))
              .toList();
      assertThat(words).isEqualTo(constants);
      assertThat(policy.get(component.getName()).get("default").stringValue())
          .isEqualTo(constants.getFirst());
    }
    assertThat(policy).hasSameSizeAs(List.of(Policy.class.getRecordComponents()));
  }

  @Test
  void every_example_of_a_problem_is_of_a_kind_there_is_and_stands_where_it_may() {
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

  /** Where fields of this name stand, at any depth. */
  private static List<String> pointersTo(String name, String pointer, JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      node.properties()
          .forEach(field -> {
            String at = pointer + "/" + Contract.escaped(field.getKey());
            if (field.getKey().equals(name)) {
              found.add(at);
            }
            found.addAll(pointersTo(name, at, field.getValue()));
          });
    }
    return found;
  }
}
