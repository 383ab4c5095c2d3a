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
 * What a rule does to a cart. Nothing is ever reduced below zero or below its floor; a maximum that
 * is {@code null} is none.
 */
public sealed interface Effect {

  /** Whether it chooses among the units of a line, and so has to look at how they differ. */
  default boolean selectsUnits() {
    return switch (this) {
      case PercentOffUnits(Percentage _, Target _, UnitChoice choice) -> !choice.isAll();
      case AmountOffUnits(Amount _, Target _, UnitChoice choice) -> !choice.isAll();
      case QuantityGroup _, BuyXGetY _, NthUnitPercent _, BundlePrice _ -> true;
      default -> false;
    };
  }

  /**
   * A share of what the target costs, as one amount that is allocated over it.
   *
   * @param maxAmount the most that it may be
   */
  record PercentOffOrder(Percentage percent, @Nullable Amount maxAmount, Target target)
      implements Effect {}

  /** An amount that is allocated over the target. */
  record AmountOffOrder(Amount amount, Target target) implements Effect {}

  /** A share of what the chosen units cost, line by line. */
  record PercentOffUnits(Percentage percent, Target target, UnitChoice choice) implements Effect {}

  /** An amount off each of the chosen units. */
  record AmountOffUnits(Amount amount, Target target, UnitChoice choice) implements Effect {}

  /** An amount off each line of the target, once. */
  record AmountOffLine(Amount amount, Target target) implements Effect {}

  /** Another price for each unit of the target, where it is lower. */
  record FixedUnitPrice(Amount unitPrice, Target target) implements Effect {}

  /**
   * A discount that grows with the quantity.
   *
   * @param mode whether the tier that is reached prices all units, or each unit pays its own
   * @param scope whether the quantity of each line counts, or that of the whole target
   * @param tiers at least one, each from a greater quantity than the one before it
   */
  record TieredQuantity(Mode mode, Scope scope, List<QuantityTier> tiers, Target target)
      implements Effect {

    /** How the tiers price. */
    public enum Mode {
      /** The tier that is reached prices all units. */
      VOLUME,
      /** Each unit pays its own tier. */
      GRADUATED
    }

    /** Which quantity counts. */
    public enum Scope {
      /** That of each line. */
      LINE,
      /** That of the whole target. */
      TARGET_TOTAL
    }

    public TieredQuantity {
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * A discount that grows with what the order still costs.
   *
   * @param tiers at least one, each from a greater amount than the one before it
   */
  record TieredOrderAmount(List<AmountTier> tiers) implements Effect {

    public TieredOrderAmount {
      tiers = List.copyOf(tiers);
    }
  }

  /**
   * A discount on the units that make full groups, over all lines of the target in their order.
   *
   * @param size the units of a group, 1 to 1,000,000
   * @param reduction a share of each unit, or an amount off each
   */
  record QuantityGroup(long size, Reduction reduction, Target target) implements Effect {}

  /**
   * Who buys some gets others cheaper, again and again while there are units. A unit is bought or
   * given once, whatever the number of such rules.
   *
   * @param buyQuantity the units that have to be bought for each set, 1 to 1,000,000
   * @param getQuantity the units that are given for them, 1 to 1,000,000
   * @param percent what is taken off those
   * @param buyTarget what has to be bought
   * @param getTarget what is given
   * @param pick which of those first
   * @param maxSets the most sets of an order, 1 to 1,000,000
   * @param allowsPartialGet whether the last set may give fewer
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
   * A share off every nth unit of a line.
   *
   * @param n 1 to 1,000,000
   * @param maxSets the most units of an order that are reduced, 1 to 1,000,000
   */
  record NthUnitPercent(long n, Percentage percent, @Nullable Long maxSets, Target target)
      implements Effect {}

  /**
   * A price for a set of goods, again and again while there are units.
   *
   * @param skus how many of which goods make a set
   * @param tags how many of which groups of goods make a set
   * @param price what a set costs, but never more than its parts
   * @param maxSets the most sets of an order, 1 to 1,000,000
   */
  record BundlePrice(
      SequencedMap<Sku, Long> skus,
      SequencedMap<Tag, Long> tags,
      Amount price,
      @Nullable Long maxSets)
      implements Effect {

    public BundlePrice {
      skus = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(skus));
      tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
    }
  }

  /**
   * A line that is added and costs nothing.
   *
   * @param sku what is given
   * @param unitPrice what one of it would cost
   * @param perUnitOfSku one for each whole unit of this in the cart; one for the order if {@code
   *     null}
   */
  record FreeGift(Sku sku, Amount unitPrice, @Nullable Sku perUnitOfSku) implements Effect {}

  /** A share of what shipping still costs. */
  record PercentOffShipping(Percentage percent) implements Effect {}

  /** An amount off shipping. */
  record AmountOffShipping(Amount amount) implements Effect {}

  /** A share of what all lines and shipping cost, allocated over both. */
  record PercentOffItemsAndShipping(Percentage percent) implements Effect {}

  /** An amount that is allocated over all lines and shipping. */
  record AmountOffItemsAndShipping(Amount amount) implements Effect {}

  /**
   * The amount that it takes off as a whole, and not off each unit, for the currency has to have
   * it; of several the one with the most decimal places. {@code null} if there is none.
   */
  default @Nullable Amount mostPreciseFixedAmount() {
    return switch (this) {
      case PercentOffOrder percent -> percent.maxAmount();
      case AmountOffOrder off -> off.amount();
      case AmountOffLine off -> off.amount();
      case AmountOffShipping off -> off.amount();
      case AmountOffItemsAndShipping off -> off.amount();
      case TieredOrderAmount(List<AmountTier> tiers) -> {
        Amount finest = null;
        for (AmountTier tier : tiers) {
          if (tier.reduction() instanceof Reduction.AmountOff(Amount off)
              && (finest == null || off.decimalPlaces() > finest.decimalPlaces())) {
            finest = off;
          }
        }
        yield finest;
      }
      default -> null;
    };
  }
}
