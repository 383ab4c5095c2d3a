package kassa.domain.rule;

import java.util.EnumSet;
import java.util.Set;

/** Status of a rule. Only active rules apply to carts. */
public enum RuleStatus {
  /** Not active yet. */
  DRAFT,
  /** Active. */
  ACTIVE,
  /** Temporarily inactive. */
  PAUSED,
  /** Permanently inactive; a final status. */
  ARCHIVED;

  /** Returns the statuses that can follow this one. */
  public Set<RuleStatus> nextStatuses() {
    return switch (this) {
      case DRAFT, PAUSED -> EnumSet.of(ACTIVE, ARCHIVED);
      case ACTIVE -> EnumSet.of(PAUSED, ARCHIVED);
      case ARCHIVED -> EnumSet.noneOf(RuleStatus.class);
    };
  }
}
