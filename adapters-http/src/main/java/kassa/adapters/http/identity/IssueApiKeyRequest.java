package kassa.adapters.http.identity;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.Timestamps;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Scope;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/api-keys}.
 *
 * @param name purpose of the key
 * @param scopes scopes to grant
 * @param expiresAt end of validity; {@code null} if it does not expire
 */
public record IssueApiKeyRequest(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {

  /** Maximum number of scopes in a request. Repeated scopes count once in the key. */
  public static final int MAX_SCOPES = 16;

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the key to issue; {@code null} if there are violations
   */
  public static @Nullable IssueApiKeyRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    String name =
        fields.requiredText(
            "name", text -> PlainText.displayName("name", text, ApiKey.MAX_NAME_LENGTH));
    List<Scope> scopes = fields.requiredTextList("scopes", MAX_SCOPES, IssueApiKeyRequest::scope);
    Instant expiresAt =
        fields.optionalText("expiresAt", text -> Timestamps.parse("expiresAt", text));
    fields.rejectUnknownFields();
    return name == null || scopes == null || !violations.isEmpty()
        ? null
        : new IssueApiKeyRequest(name, EnumSet.copyOf(scopes), expiresAt);
  }

  private static Scope scope(String word) {
    return Scope.of(word)
        .orElseThrow(() ->
            new InvalidValueException(
                Reason.OUT_OF_RANGE,
                "scopes must be among "
                    + Arrays.stream(Scope.values()).map(Scope::wireName).collect(joining(", "))));
  }
}
