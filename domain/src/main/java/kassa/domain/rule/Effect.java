package kassa.domain.rule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Amount;
import kassa.domain.money.Percentage;
import org.jspecify.annotations.Nullable;

/**
 * Effect of a rule on a cart. An effect never reduces a price below zero or below its floor. A
 * maximum of {@code null} means no maximum.
 */
public sealed interface Effect {

  /**
   * Returns whether the effect selects single units of a line, which is more expensive to price.
   */
  default boolean selectsUnits() {
    return switch (this) {
      case PercentOffUnits(Percentage _, Target _, UnitChoice choice) -> !choice.isAll();
      case AmountOffUnits(Amount _, Target _, UnitChoice choice) -> !choice.isAll();
      case QuantityGroup _, BuyXGetY _, NthUnitPercent _, BundlePrice _ -> true;
      default -> false;
    };
  }

  /**
   * A percentage of the price of the target, as one amount that is allocated over its lines.
   *
   * @param maxAmount the maximum discount
   */
  record PercentOffOrder(Percentage percent, @Nullable Amount maxAmount, Target target)
      implements Effect {}

  /** An amount that is allocated over the lines of the target. */
  record AmountOffOrder(Amount amount, Target target) implements Effect {}

  /** A percentage off the selected units, rounded per line. */
  record PercentOffUnits(Percentage percent, Target target, UnitChoice choice) implements Effect {}

  /** An amount off each of the selected units. */
  record AmountOffUnits(Amount amount, Target target, UnitChoice choice) implements Effect {}

  /** An amount off each line of the target, independent of the quantity. */
  record AmountOffLine(Amount amount, Target target) implements Effect {}

  /** A fixed price for each unit of the target, if it is lower. */
  record FixedUnitPrice(Amount unitPrice, Target target) implements Effect {}

  /**
   * A discount with quantity tiers.
   *
   * @param mode whether the reached tier prices all units, or each unit is priced by its own tier
   * @param scope whether the quantity of each line counts, or that of the whole target
   * @param tiers at least one tier, with increasing thresholds
   */
  record TieredQuantity(Mode mode, Scope scope, List<QuantityTier> tiers, Target target)
      implements Effect {

    /** Pricing mode of the tiers. */
    public enum Mode {
      /** The reached tier prices all units. */
      VOLUME,
      /** Each unit is priced by its own tier. */
      GRADUATED
    }

    /** The quantity that is compared with the thresholds. */
    public enum Scope {
      /** The quantity of each line. */
      LINE,
      /** The total quantity of the target. */
      TARGET_TOTAL
    }

    /** Copies the list. */
    public TieredQuantity {
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * A discount with tiers by the remaining amount of all lines.
   *
   * @param tiers at least one tier, with increasing thresholds
   */
  record TieredOrderAmount(List<AmountTier> tiers) implements Effect {

    /** Copies the list. */
    public TieredOrderAmount {
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * A discount on units in full groups, counted over all lines of the target in order.
   *
   * @param size the number of units of a group, 1 to 1,000,000
   * @param reduction the reduction of each unit, a percentage or an amount
   */
  record QuantityGroup(long size, Reduction reduction, Target target) implements Effect {}

  /**
   * Buy X, get Y: bought units make other units cheaper, as many times as there are units. A unit
   * is part of at most one set, even with several such rules.
   *
   * @param buyQuantity the number of bought units of each set, 1 to 1,000,000
   * @param getQuantity the number of discounted units of each set, 1 to 1,000,000
   * @param percent the discount on the discounted units
   * @param buyTarget the lines of the bought units
   * @param getTarget the lines of the discounted units
   * @param pick which units are discounted first
   * @param maxSets the maximum number of sets of an order, 1 to 1,000,000
   * @param allowsPartialGet whether the last set may have fewer discounted units
   */
  record BuyXGetY(
      long buyQuantity,
      long getQuantity,
      Percentage percent,
      Target buyTarget,
      Target getTarget,
      Pick pick,
      @Nullable Long maxSets,
      boolean allowsPartialGet)
      implements Effect {}

  /**
   * A percentage off every nth unit of a line.
   *
   * @param n the interval, 1 to 1,000,000
   * @param maxSets the maximum number of discounted units of an order, 1 to 1,000,000
   */
  record NthUnitPercent(long n, Percentage percent, @Nullable Long maxSets, Target target)
      implements Effect {}

  /**
   * A bundle price for a set of products, as many times as there are units.
   *
   * @param skus the number of units of a set by sku
   * @param tags the number of units of a set by tag
   * @param price the price of a set; not applied if the parts cost less
   * @param maxSets the maximum number of sets of an order, 1 to 1,000,000
   */
  record BundlePrice(
      SequencedMap<Sku, Long> skus,
      SequencedMap<Tag, Long> tags,
      Amount price,
      @Nullable Long maxSets)
      implements Effect {

    /** Copies the maps. */
    public BundlePrice {
      skus = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(skus));
      tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }
  }

  /**
   * A free gift: an added line with a discount of 100 %.
   *
   * @param sku the sku of the gift
   * @param unitPrice the price of one unit before the discount
   * @param perUnitOfSku one gift for each whole unit of this sku in the cart; {@code null} for one
   *     gift for the order
   */
  record FreeGift(Sku sku, Amount unitPrice, @Nullable Sku perUnitOfSku) implements Effect {}

  /** A percentage off shipping. */
  record PercentOffShipping(Percentage percent) implements Effect {}

  /** An amount off shipping. */
  record AmountOffShipping(Amount amount) implements Effect {}

  /** A percentage of the price of all lines and shipping, allocated over both. */
  record PercentOffItemsAndShipping(Percentage percent) implements Effect {}

  /** An amount that is allocated over all lines and shipping. */
  record AmountOffItemsAndShipping(Amount amount) implements Effect {}

  /**
   * Returns the fixed amount of the effect with the most decimal places, which the currency of the
   * cart must support. Amounts per unit do not count, because they are rounded for all units
   * together. {@code null} if the effect has no fixed amount.
   */
  default @Nullable Amount mostPreciseFixedAmount() {
    return switch (this) {
      case PercentOffOrder percent -> percent.maxAmount();
      case AmountOffOrder off -> off.amount();
      case AmountOffLine off -> off.amount();
      case AmountOffShipping off -> off.amount();
      case AmountOffItemsAndShipping off -> off.amount();
      case TieredOrderAmount(List<AmountTier> tiers) -> {
        Amount mostPrecise = null;
        for (AmountTier tier : tiers) {
          if (tier.reduction() instanceof Reduction.AmountOff(Amount off)
              && (mostPrecise == null || off.decimalPlaces() > mostPrecise.decimalPlaces())) {
            mostPrecise = off;
          }
        }
        yield mostPrecise;
      }
      default -> null;
    };
  }
}
