package kassa.domain.rule;

import java.time.Instant;
import kassa.domain.json.JsonValue;

/**
 * Stored version of a rule.
 *
 * @param id the rule
 * @param version the version, 1 or more
 * @param definitionJson the definition as the client sent it
 * @param createdAt the time of creation of the version, to the microsecond
 */
public record RuleVersion(
    RuleId id, int version, JsonValue.JsonObject definitionJson, Instant createdAt) {}
