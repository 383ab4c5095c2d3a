package kassa.adapters.http.rule;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;
import kassa.domain.rule.RuleVersion;

/**
 * Version history of a rule.
 *
 * @param data the versions, newest first
 */
public record RuleVersionsResponse(List<Version> data) {

  /**
   * Version of a rule.
   *
   * @param version version number, from 1
   * @param createdAt time of creation
   * @param definition the definition as it was sent
   */
  public record Version(
      int version, String createdAt, @JsonAnyGetter Map<String, Object> definition) {}

  /** Converts versions to their response. */
  public static RuleVersionsResponse of(List<RuleVersion> versions) {
    return new RuleVersionsResponse(versions.stream().map(RuleVersionsResponse::version).toList());
  }

  private static Version version(RuleVersion version) {
    return new Version(
        version.version(),
        version.createdAt().toString(),
        RuleResponse.fields(version.definitionJson()));
  }
}
