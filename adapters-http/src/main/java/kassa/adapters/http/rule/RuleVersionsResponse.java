package kassa.adapters.http.rule;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.List;
import java.util.Map;
import kassa.domain.rule.RuleVersion;

/**
 * All that a rule ever said.
 *
 * @param data its versions, the newest first
 */
public record RuleVersionsResponse(List<Version> data) {

  /**
   * What a rule said.
   *
   * @param version which version of it, from 1
   * @param createdAt since when
   * @param definition what it said, as it was written
   */
  public record Version(
      int version, String createdAt, @JsonAnyGetter Map<String, Object> definition) {}

  /** Writes versions down. */
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
