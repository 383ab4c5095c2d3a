package kassa.domain.pricing.engine.effect;

import java.math.BigInteger;
import java.util.List;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Mode;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Reduction;
import org.jspecify.annotations.Nullable;

/** Applies quantity tiers. */
public final class TierPricing {

  /** One unit, in thousandths. */
  private static final long UNIT = 1_000;

  private final CartIndex index;
  private final Ledger ledger;
  private final EffectApplication application;

  TierPricing(CartIndex index, Ledger ledger, EffectApplication application) {
    this.index = index;
    this.ledger = ledger;
    this.application = application;
  }

  void apply(TieredQuantity tiered) {
    int[] lines = index.linesOf(tiered.target());
    long total = tiered.scope() == Scope.TARGET_TOTAL ? index.quantity(lines) : 0;
    long before = 0;
    for (int line : lines) {
      long quantity = ledger.line(line).quantity().thousandths();
      long counted = tiered.scope() == Scope.TARGET_TOTAL ? total : quantity;
      if (tiered.mode() == Mode.VOLUME) {
        applyVolume(line, highestReached(tiered.tiers(), counted));
      } else {
        applyGraduated(line, tiered.tiers(), before);
      }
      before += tiered.scope() == Scope.TARGET_TOTAL ? quantity : 0;
    }
  }

  /** Returns the highest tier that a quantity reaches; {@code null} if it reaches none. */
  public static @Nullable QuantityTier highestReached(List<QuantityTier> tiers, long thousandths) {
    for (int i = tiers.size() - 1; i >= 0; i--) {
      if (tiers.get(i).from().thousandths() <= thousandths) {
        return tiers.get(i);
      }
    }
    return null;
  }

  private void applyVolume(int line, @Nullable QuantityTier tier) {
    if (tier != null) {
      application.reduceLine(line, tier.reduction(), tier.label());
    }
  }

  /**
   * Prices each unit, also a fractional one, by its own tier. The price of the line is rounded, and
   * not its discount, so that a larger quantity never costs less.
   *
   * @param before the quantity of the target in the earlier lines, in thousandths
   */
  private void applyGraduated(int line, List<QuantityTier> tiers, long before) {
    long quantity = ledger.line(line).quantity().thousandths();
    if (startOf(tiers.getFirst()) >= before + quantity) {
      return;
    }
    UnitCost cost = unitCost(line);
    BigInteger paid = BigInteger.ZERO;
    QuantityTier highest = tiers.getFirst();
    long start = before;
    for (int i = 0; i <= tiers.size(); i++) {
      long end = i < tiers.size() ? startOf(tiers.get(i)) : Long.MAX_VALUE;
      long quantityInTier = Math.min(end, before + quantity) - start;
      if (quantityInTier > 0) {
        highest = tiers.get(Math.max(0, i - 1));
        BigInteger unitCost = i == 0 ? cost.full() : cost.after(highest.reduction());
        paid = paid.add(unitCost.multiply(BigInteger.valueOf(quantityInTier)));
        start += quantityInTier;
      }
    }
    application.applyDiscount(
        line, Math.max(0, ledger.base(line) - cost.minorUnits(paid)), highest.label());
  }

  /** A tier starts with the unit that reaches its threshold, so one unit before the threshold. */
  private static long startOf(QuantityTier tier) {
    return Math.max(0, tier.from().thousandths() - UNIT);
  }

  /** Returns the cost of one unit: its price, or its share of the line after earlier discounts. */
  private UnitCost unitCost(int line) {
    CartLine bought = ledger.line(line);
    long minorUnit = Amount.microsPerMinorUnit(ledger.currency());
    if (ledger.base(line) == bought.subtotal().minorUnits()) {
      return new UnitCost(BigInteger.valueOf(bought.unitPrice().micros()), 1, minorUnit);
    }
    BigInteger micros =
        BigInteger.valueOf(ledger.base(line)).multiply(BigInteger.valueOf(minorUnit * UNIT));
    return new UnitCost(micros, bought.quantity().thousandths(), minorUnit);
  }

  /**
   * The exact cost of one unit, as a fraction.
   *
   * @param numerator the cost in millionths of the major unit, times the denominator
   * @param denominator the denominator
   * @param minorUnit one minor unit in millionths of the major unit
   */
  private record UnitCost(BigInteger numerator, long denominator, long minorUnit) {

    private static final BigInteger WHOLE = BigInteger.valueOf(Percentage.ONE_HUNDRED_PERCENT);

    /** Returns the cost in millionths of millionths of the major unit, times the denominator. */
    BigInteger full() {
      return numerator.multiply(WHOLE);
    }

    BigInteger after(Reduction reduction) {
      return switch (reduction) {
        case Reduction.PercentOff(Percentage percent) ->
            numerator.multiply(BigInteger.valueOf(percent.complement().tenThousandths()));
        case Reduction.AmountOff(Amount amount) ->
            numerator.subtract(micros(amount)).max(BigInteger.ZERO).multiply(WHOLE);
        case Reduction.FixedPrice(Amount price) -> numerator.min(micros(price)).multiply(WHOLE);
      };
    }

    /** Converts a sum of such costs, each times thousandths, to minor units, rounded half-up. */
    long minorUnits(BigInteger sum) {
      BigInteger divisor =
          WHOLE
              .multiply(BigInteger.valueOf(denominator))
              .multiply(BigInteger.valueOf(minorUnit * UNIT));
      BigInteger two = BigInteger.TWO;
      return sum.multiply(two).add(divisor).divide(divisor.multiply(two)).longValueExact();
    }

    private BigInteger micros(Amount amount) {
      return BigInteger.valueOf(amount.micros()).multiply(BigInteger.valueOf(denominator));
    }
  }
}
