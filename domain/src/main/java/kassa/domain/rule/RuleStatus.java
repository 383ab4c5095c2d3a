package kassa.domain.rule;

import java.util.EnumSet;
import java.util.Set;

/** How far a rule has come. Only active rules are priced under. */
public enum RuleStatus {
  /** Written, and not in force yet. */
  DRAFT,
  /** In force. */
  ACTIVE,
  /** Out of force for a while. */
  PAUSED,
  /** Out of force for ever. */
  ARCHIVED;

  /** The states that may come next. */
  public Set<RuleStatus> nextStatuses() {
    return switch (this) {
      case DRAFT, PAUSED -> EnumSet.of(ACTIVE, ARCHIVED);
      case ACTIVE -> EnumSet.of(PAUSED, ARCHIVED);
      case ARCHIVED -> EnumSet.noneOf(RuleStatus.class);
    };
  }
}
