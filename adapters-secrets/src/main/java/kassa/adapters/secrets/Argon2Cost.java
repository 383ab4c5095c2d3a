package kassa.adapters.secrets;

/**
 * Cost parameters of Argon2id. Source: RFC 9106.
 *
 * @param kibibytes the memory in KiB, at least 8 per lane
 * @param passes the number of passes over the memory, at least 1
 * @param lanes the degree of parallelism, at least 1
 */
record Argon2Cost(int kibibytes, int passes, int lanes) {

  /** Cost of new hashes: 19 MiB, 2 passes. Source: OWASP Password Storage Cheat Sheet. */
  static final Argon2Cost CURRENT = new Argon2Cost(19 * 1024, 2, 1);

  private static final int MIN_KIBIBYTES_PER_LANE = 8;
  private static final int MAX_KIBIBYTES = 64 * 1024;
  private static final int MAX_PASSES = 10;
  private static final int MAX_LANES = 4;

  /**
   * Whether a stored hash with this cost is verified. Kassa never creates hashes with several times
   * the current cost; verifying a forged one would be a denial of service.
   */
  boolean isWithinLimits() {
    return lanes >= 1
        && lanes <= MAX_LANES
        && kibibytes >= MIN_KIBIBYTES_PER_LANE * lanes
        && kibibytes <= MAX_KIBIBYTES
        && passes >= 1
        && passes <= MAX_PASSES;
  }

  /** Whether memory or passes are lower than those of another cost; lanes do not count. */
  boolean isWeakerThan(Argon2Cost other) {
    return kibibytes < other.kibibytes || passes < other.passes;
  }
}
