package kassa.domain.money;

import java.math.BigInteger;

/** Exact half-up rounding, the only rounding mode of Kassa. */
final class Rounding {

  private Rounding() {}

  /**
   * Returns {@code a x b / divisor}, rounded half-up, without intermediate overflow.
   *
   * @param a zero or more
   * @param b zero or more
   * @param divisor above zero
   * @throws ArithmeticException if the result does not fit a {@code long}
   */
  static long multiplyAndDivide(long a, long b, long divisor) {
    if (a < 0 || b < 0 || divisor <= 0) {
      throw new IllegalArgumentException("expected a >= 0, b >= 0 and divisor > 0");
    }
    long low = a * b;
    if (Math.multiplyHigh(a, b) != 0 || low < 0) {
      return multiplyAndDivideWide(a, b, divisor);
    }
    long quotient = low / divisor;
    long remainder = low % divisor;
    return remainder >= divisor - remainder ? quotient + 1 : quotient;
  }

  private static long multiplyAndDivideWide(long a, long b, long divisor) {
    BigInteger[] parts =
        BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(b))
            .divideAndRemainder(BigInteger.valueOf(divisor));
    long quotient = parts[0].longValueExact();
    long remainder = parts[1].longValueExact();
    return remainder >= divisor - remainder ? Math.addExact(quotient, 1) : quotient;
  }
}
