package kassa.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;

/** Decimals with a short text form that would fill the memory if they were expanded. */
final class HostileDecimals {

  private HostileDecimals() {}

  static Stream<BigDecimal> tooLarge() {
    return Stream.of(
        new BigDecimal("1e1000000000"),
        new BigDecimal("-1e1000000000"),
        new BigDecimal("9e2147483647"),
        new BigDecimal("-9e2147483647"),
        new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
        new BigDecimal(BigInteger.TEN.pow(20_000)),
        new BigDecimal(BigInteger.TWO.pow(100_000)).negate());
  }

  /** Between one and two, so that the range check alone rejects nothing. */
  static Stream<BigDecimal> tooPrecise() {
    return Stream.of(
        new BigDecimal("1." + "0".repeat(20_000) + "1"),
        new BigDecimal(BigInteger.ONE.shiftLeft(60_000), 18_061));
  }

  /** Above zero, but below the smallest value. */
  static Stream<BigDecimal> tooSmall() {
    return Stream.of(
        new BigDecimal("1e-1000000000"),
        new BigDecimal("1e-2147483647"),
        new BigDecimal(BigInteger.TEN, Integer.MAX_VALUE),
        new BigDecimal("0." + "0".repeat(20_000) + "1"));
  }

  static Stream<BigDecimal> zeros() {
    return Stream.of(
        new BigDecimal("0e1000000000"),
        new BigDecimal("0e-1000000000"),
        new BigDecimal(BigInteger.ZERO, Integer.MIN_VALUE),
        new BigDecimal(BigInteger.ZERO, Integer.MAX_VALUE));
  }
}
