package kassa.application.internal.identity;

/** Validates page sizes. */
final class PageLimit {

  private PageLimit() {}

  static int requireValid(int limit, int max) {
    if (limit < 1 || limit > max) {
      throw new IllegalArgumentException("limit must be from 1 to " + max);
    }
    return limit;
  }
}
