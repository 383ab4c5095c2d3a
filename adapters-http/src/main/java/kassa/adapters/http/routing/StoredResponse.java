package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/**
 * JSON response that is stored in an idempotency record and replayed unchanged.
 *
 * @param status the HTTP status, 200 to 299
 * @param location the {@code Location} of the created resource, or {@code null}
 * @param entityTag the {@code ETag} of the resource, or {@code null}
 * @param body the body; empty if there is none
 */
public record StoredResponse(
    int status, @Nullable String location, @Nullable String entityTag, String body) {

  private static final int PARTS = 4;

  /** Returns the content of the idempotency record: status, location, entity tag and body. */
  String toContent() {
    return status
        + "\n"
        + (location == null ? "" : location)
        + "\n"
        + (entityTag == null ? "" : entityTag)
        + "\n"
        + body;
  }

  /** Parses the content of an idempotency record. */
  public static StoredResponse ofContent(String content) {
    String[] parts = content.split("\n", PARTS);
    return new StoredResponse(
        Integer.parseInt(parts[0]),
        parts[1].isEmpty() ? null : parts[1],
        parts[2].isEmpty() ? null : parts[2],
        parts[3]);
  }

  /** Sends the response. */
  public void send(Context context) {
    if (location != null) {
      context.header("Location", location);
    }
    if (entityTag != null) {
      context.header("ETag", entityTag);
    }
    if (body.isEmpty()) {
      context.res().setStatus(status);
    } else {
      Responses.send(context, status, Responses.JSON, body.getBytes(UTF_8));
    }
  }
}
