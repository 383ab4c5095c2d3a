package kassa.application.internal.identity;

/** The limits of pages. */
final class Limits {

  private Limits() {}

  static int checked(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit must be from 1 to " + most);
    }
    return limit;
  }
}
