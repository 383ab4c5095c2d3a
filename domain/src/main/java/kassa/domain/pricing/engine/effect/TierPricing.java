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

/** Prices by tiers of quantity. */
public final class TierPricing {

  /** In thousandths. */
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

  /** The highest tier that a quantity reaches, if it reaches any. */
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
   * Each unit pays its own tier, and so does the part of one. What the line pays is rounded, not
   * what comes off, so that a greater quantity never pays less.
   *
   * @param before the units of the target in the lines before this one, in thousandths
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
      long in = Math.min(end, before + quantity) - start;
      if (in > 0) {
        highest = tiers.get(Math.max(0, i - 1));
        BigInteger each = i == 0 ? cost.full() : cost.after(highest.reduction());
        paid = paid.add(each.multiply(BigInteger.valueOf(in)));
        start += in;
      }
    }
    application.applyDiscount(
        line, Math.max(0, ledger.base(line) - cost.minorUnits(paid)), highest.label());
  }

  /** The first unit of a tier is the one that makes its quantity full. */
  private static long startOf(QuantityTier tier) {
    return Math.max(0, tier.from().thousandths() - UNIT);
  }

  /** What one unit costs: its price, unless rules before have taken something off the line. */
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
   * What one unit costs, exactly.
   *
   * @param numerator in millionths of the major unit, times the denominator
   * @param minorUnit the millionths of one minor unit
   */
  private record UnitCost(BigInteger numerator, long denominator, long minorUnit) {

    private static final BigInteger WHOLE = BigInteger.valueOf(Percentage.ONE_HUNDRED_PERCENT);

    /** In millionths of millionths of the major unit, times the denominator. */
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

    /** The sum of such prices, each times thousandths of a unit, rounded half-up. */
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
