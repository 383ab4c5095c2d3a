package kassa.adapters.secrets;

/**
 * How much work a hash by Argon2id takes. Source: RFC 9106.
 *
 * @param kibibytes the memory that it fills, 8 for each lane at least
 * @param passes how often it does so, 1 or more
 * @param lanes how many parts could be filled at once, 1 or more
 */
record Argon2Cost(int kibibytes, int passes, int lanes) {

  /** 19 MiB, twice. Source: OWASP Password Storage Cheat Sheet. */
  static final Argon2Cost CURRENT = new Argon2Cost(19 * 1024, 2, 1);

  private static final int MIN_KIBIBYTES_PER_LANE = 8;
  private static final int MAX_KIBIBYTES = 64 * 1024;
  private static final int MAX_PASSES = 10;
  private static final int MAX_LANES = 4;

  /**
   * Whether a hash that says this of itself is checked. What asks for more than a few times the
   * memory and the time of today was never made here: checking it would be what it is there for.
   */
  boolean isWithinLimits() {
    return lanes >= 1
        && lanes <= MAX_LANES
        && kibibytes >= MIN_KIBIBYTES_PER_LANE * lanes
        && kibibytes <= MAX_KIBIBYTES
        && passes >= 1
        && passes <= MAX_PASSES;
  }

  /** Whether it is less work than another in any way; lanes make it none. */
  boolean isWeakerThan(Argon2Cost other) {
    return kibibytes < other.kibibytes || passes < other.passes;
  }
}
