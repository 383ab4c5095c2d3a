package broken.maximumsarecalledmax.domain;

class Limits {
  static final int MOST_LINES = 500;
  static final int MAX_CODES = 20;
  final int longestName;

  Limits(int largest) {
    this.longestName = largest;
  }

  boolean allows(int mostUnits, int utmost) {
    return mostUnits < utmost;
  }

  /** Words of the contract are not maximums. */
  enum Pick {
    MOST_EXPENSIVE
  }
}
