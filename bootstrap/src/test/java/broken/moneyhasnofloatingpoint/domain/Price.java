package broken.moneyhasnofloatingpoint.domain;

import java.math.BigDecimal;
import java.util.List;

/** Loses a cent in every way that is forbidden. */
class Price {

  final float rate = 1;
  final double[] rates = {};

  double of(long cents) {
    return cents;
  }

  long half(long cents) {
    return (long) (cents * 0.5);
  }

  boolean isEven(BigDecimal amount) {
    return amount.doubleValue() % 2 == 0;
  }

  void boxed(List<Double> amounts) {
    amounts.clear();
  }

  long allowed(long cents) {
    return Math.multiplyExact(cents, 2);
  }
}
