package kassa.adapters.http.identity;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.PlainText;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.Scope;
import kassa.domain.rule.RuleReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/api-keys}.
 *
 * @param name what the key is for
 * @param scopes what it is to be good for
 * @param expiresAt until when; {@code null} if for ever
 */
public record IssueApiKeyRequest(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {

  /** Scopes that stand twice count once. */
  public static final int MAX_SCOPES = 16;

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be issued; {@code null} if anything is wrong
   */
  public static @Nullable IssueApiKeyRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    String name =
        fields.requiredText(
            "name", text -> PlainText.singleLine("name", text, ApiKey.MAX_NAME_LENGTH));
    List<Scope> scopes = fields.requiredTextList("scopes", MAX_SCOPES, IssueApiKeyRequest::scope);
    Instant expiresAt =
        fields.optionalText("expiresAt", text -> RuleReader.parseInstant("expiresAt", text));
    fields.refuseOthers();
    return name == null || scopes == null || !faults.isEmpty()
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
