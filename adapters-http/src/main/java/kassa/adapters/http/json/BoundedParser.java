package kassa.adapters.http.json;

import kassa.adapters.http.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Parser that stops at the first object or array with too many members, and reserves memory for the
 * tree while it is built. Not thread-safe.
 */
final class BoundedParser extends JsonParserDelegate {

  private static final int TOKENS_PER_RESERVATION = 1_024;

  /** Estimate of the memory of a token in a tree: its node and its place in a map or list. */
  private static final int BYTES_PER_TOKEN = 64;

  /** Number of members of the objects and arrays that are open, by depth. */
  private final int[] members = new int[JsonCodec.MAX_DEPTH + 2];

  private final boolean[] isArray = new boolean[JsonCodec.MAX_DEPTH + 2];
  private int depth;
  private int tokens;

  BoundedParser(JsonParser parser) {
    super(parser);
  }

  @Override
  public @Nullable JsonToken nextToken() {
    JsonToken token = super.nextToken();
    if (token != null) {
      count(token);
    }
    return token;
  }

  @Override
  public @Nullable String nextName() {
    return nextToken() == JsonToken.PROPERTY_NAME ? currentName() : null;
  }

  private void count(JsonToken token) {
    if (++tokens % TOKENS_PER_RESERVATION == 0) {
      MemoryBudget.reserve(TOKENS_PER_RESERVATION * BYTES_PER_TOKEN);
    }
    if (token.isStructEnd()) {
      depth--;
      return;
    }
    if (isArray[depth] ? token != JsonToken.PROPERTY_NAME : token == JsonToken.PROPERTY_NAME) {
      members[depth]++;
      int max = isArray[depth] ? JsonCodec.MAX_ELEMENTS : JsonCodec.MAX_MEMBERS;
      if (members[depth] > max) {
        throw new MalformedJsonException(
            (isArray[depth] ? "an array has more than " : "an object has more than ")
                + max
                + (isArray[depth] ? " elements" : " members"));
      }
    }
    if (token.isStructStart()) {
      depth++;
      members[depth] = 0;
      isArray[depth] = token == JsonToken.START_ARRAY;
    }
  }
}
