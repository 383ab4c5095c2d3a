package kassa.domain.rule;

import java.time.Instant;
import kassa.domain.json.JsonValue;

/**
 * What a rule said in one of its versions.
 *
 * @param id the rule
 * @param version which version, from 1
 * @param definitionJson what it said, as it was written
 * @param createdAt since when, to the microsecond
 */
public record RuleVersion(
    RuleId id, int version, JsonValue.JsonObject definitionJson, Instant createdAt) {}
