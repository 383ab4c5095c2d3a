package kassa.adapters.persistence.jdbc;

/**
 * The SQL expression of an id as the API shows it, for views of H2, which has no functions in SQL.
 * See {@link kassa.domain.TypeId} for the format.
 */
final class H2PublicId {

  private static final String ALPHABET = "'0123456789abcdefghjkmnpqrstvwxyz'";
  private static final int DIGITS = 26;

  /** The index from the right of the digit with bits of both halves of the UUID. */
  private static final int SHARED_DIGIT = 12;

  private H2PublicId() {}

  /**
   * Returns an expression of type varchar.
   *
   * @param prefix the type of the id
   * @param column a column of type uuid
   */
  static String expression(String prefix, String column) {
    StringBuilder sql = new StringBuilder("cast('" + prefix + "_'");
    for (int index = DIGITS - 1; index >= 0; index--) {
      sql.append(" || substring(")
          .append(ALPHABET)
          .append(", 1 + ")
          .append(digit(column, index))
          .append(", 1)");
    }
    return sql.append(" as varchar)").toString();
  }

  /** The value of a digit; the shifts keep the sign, so the mask of the first digit is narrower. */
  private static String digit(String column, int index) {
    String upper = half(column, 1);
    String lower = half(column, 9);
    if (index < SHARED_DIGIT) {
      return "bitand(rshift(" + lower + ", " + 5 * index + "), 31)";
    }
    if (index == SHARED_DIGIT) {
      return "bitand(rshift(" + lower + ", 60), 15) + 16 * bitand(" + upper + ", 1)";
    }
    int mask = index == DIGITS - 1 ? 7 : 31;
    return "bitand(rshift("
        + upper
        + ", "
        + (5 * (index - SHARED_DIGIT - 1) + 1)
        + "), "
        + mask
        + ")";
  }

  private static String half(String column, int firstByte) {
    return "cast(substring(cast(" + column + " as varbinary(16)), " + firstByte + ", 8) as bigint)";
  }
}
