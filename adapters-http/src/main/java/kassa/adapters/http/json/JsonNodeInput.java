package kassa.adapters.http.json;

import java.math.BigDecimal;
import java.util.Collection;
import kassa.domain.json.JsonInput;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A node of a Jackson tree as {@link JsonObjectReader} reads it. Reads the tree in place: a body is
 * not converted.
 *
 * @param node the node
 */
public record JsonNodeInput(JsonNode node) implements JsonInput {

  /** Returns a reader of a whole body. */
  public static JsonObjectReader reader(JsonNode body, Violations violations) {
    return new JsonObjectReader(new JsonNodeInput(body), "", violations);
  }

  @Override
  public boolean isObject() {
    return node.isObject();
  }

  @Override
  public Collection<String> names() {
    return node.propertyNames();
  }

  @Override
  public @Nullable JsonInput member(String name) {
    JsonNode member = node.get(name);
    return member == null || member.isNull() ? null : new JsonNodeInput(member);
  }

  @Override
  public boolean isArray() {
    return node.isArray();
  }

  @Override
  public int size() {
    return node.isArray() ? node.size() : 0;
  }

  @Override
  public JsonInput element(int index) {
    return new JsonNodeInput(node.get(index));
  }

  @Override
  public @Nullable String string() {
    return node.isString() ? node.stringValue() : null;
  }

  @Override
  public @Nullable BigDecimal number() {
    return node.isNumber() ? node.decimalValue() : null;
  }

  @Override
  public @Nullable Boolean bool() {
    return node.isBoolean() ? node.booleanValue() : null;
  }
}
