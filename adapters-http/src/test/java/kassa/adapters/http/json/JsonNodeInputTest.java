package kassa.adapters.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violation;
import kassa.domain.json.Violations;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonNodeInputTest {

  private final JsonCodec json = new JsonCodec();
  private final Violations violations = new Violations();

  private JsonNode node(String text) {
    return json.read(text.getBytes(UTF_8));
  }

  private JsonObjectReader reader(String text) {
    return JsonNodeInput.reader(node(text), violations);
  }

  @Test
  void null_is_an_absent_field() {
    JsonObjectReader fields = reader("{\"a\": null}");

    assertThat(fields.has("a")).isFalse();
    assertThat(fields.value("a")).isNull();
    assertThat(fields.<String>requiredText("a", text -> text)).isNull();
    fields.rejectUnknownFields();
    assertThat(violations.reported())
        .containsExactly(new Violation("/a", "missing_field", "a must be given", false));
  }

  @Test
  void an_unknown_field_is_rejected_even_if_it_is_null() {
    reader("{\"a\": null}").rejectUnknownFields();

    assertThat(violations.reported())
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("/a", "unknown_field"));
  }

  @Test
  void null_is_not_a_string_in_a_text_map_or_list() {
    JsonObjectReader fields = reader("{\"m\": {\"x\": null, \"y\": \"z\"}, \"l\": [null]}");

    assertThat(fields.<Map<String, String>>optionalTextMap("m", Map::copyOf)).isNull();
    assertThat(fields.<String>optionalTextList("l", 1, text -> text)).isEmpty();
    assertThat(violations.reported())
        .extracting(Violation::pointer, Violation::code)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/m/x", "wrong_type"),
            org.assertj.core.groups.Tuple.tuple("/l/0", "wrong_type"));
  }

  @Test
  void a_node_has_only_the_accessors_of_its_type() {
    JsonInput object = new JsonNodeInput(node("{\"a\": 1}"));
    JsonInput string = new JsonNodeInput(node("\"1\""));

    assertThat(object.isObject()).isTrue();
    assertThat(object.isArray()).isFalse();
    assertThat(object.size()).isZero();
    assertThat(object.string()).isNull();
    assertThat(object.bool()).isNull();
    assertThat(string.string()).isEqualTo("1");
    assertThat(string.number()).isNull();
    assertThat(string.names()).isEmpty();
    assertThat(string.member("a")).isNull();
  }

  @Test
  void whole_numbers_are_written_as_integers() {
    JsonValue copy = JsonValueConverter.toJsonValue(node("[1E+2, 1.0, 100e-2, -0.0, 2.250]"));

    assertThat(json.write(JsonValueConverter.toPlainJson(copy)))
        .asString(UTF_8)
        .isEqualTo("[100,1,1,0,2.250]");
  }

  @Test
  void copy_omits_null_fields_and_converts_null_elements_to_empty_strings() {
    JsonValue copy =
        JsonValueConverter.toJsonValue(
            node("{\"a\": null, \"b\": [true, null, {\"c\": 1.50}], \"d\": \"x\"}"));

    assertThat(json.write(JsonValueConverter.toPlainJson(copy)))
        .asString(UTF_8)
        .isEqualTo("{\"b\":[true,\"\",{\"c\":1.50}],\"d\":\"x\"}");
  }
}
