package kassa.domain.pricing.engine;

import java.util.Map;
import java.util.stream.IntStream;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.money.Quantity;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.effect.CartIndex;
import kassa.domain.pricing.engine.effect.UnitSelection;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.AmountTier;
import kassa.domain.rule.Effect;
import kassa.domain.rule.Effect.BundlePrice;
import kassa.domain.rule.Effect.BuyXGetY;
import kassa.domain.rule.Effect.TieredQuantity;
import kassa.domain.rule.Effect.TieredQuantity.Scope;
import kassa.domain.rule.QuantityTier;
import kassa.domain.rule.Rule;
import kassa.domain.rule.Target;
import org.jspecify.annotations.Nullable;

/** Explains why an eligible rule gave no discount: what its first effect requires. */
final class NoEffectReason {

  private final CartIndex index;
  private final Ledger ledger;
  private final UnitSelection units;

  NoEffectReason(CartIndex index, Ledger ledger) {
    this.index = index;
    this.ledger = ledger;
    this.units = new UnitSelection(index, ledger);
  }

  RuleOutcome.Skipped explain(Rule rule) {
    return explainEffect(rule.definition().effects().getFirst(), "/effects/0");
  }

  private RuleOutcome.Skipped explainEffect(Effect effect, String path) {
    return switch (effect) {
      case Effect.PercentOffOrder off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffOrder off -> target(off.target(), path + "/target", path);
      case Effect.PercentOffUnits off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffUnits off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffLine off -> target(off.target(), path + "/target", path);
      case Effect.FixedUnitPrice price ->
          index.linesOf(price.target()).length == 0
              ? noMatchingLine(path + "/target")
              : noEffect(path + "/unitPrice", "a unit that costs more", null);
      case TieredQuantity tiered -> tiers(tiered, path);
      case Effect.TieredOrderAmount(var tiers) -> tiers(tiers.getFirst(), path);
      case Effect.QuantityGroup group -> {
        long wholeUnits = countWholeUnits(index.linesOf(group.target()));
        yield wholeUnits < group.size()
            ? atLeast(path + "/size", group.size(), wholeUnits)
            : nothingToDiscount(path);
      }
      case BuyXGetY buy -> buy(buy, path);
      case Effect.NthUnitPercent nth -> {
        long maxUnits =
            IntStream.of(index.linesOf(nth.target()))
                .mapToLong(line -> countWholeUnits(new int[] {line}))
                .max()
                .orElse(0);
        yield maxUnits < nth.n()
            ? atLeast(path + "/n", nth.n(), maxUnits)
            : nothingToDiscount(path);
      }
      case BundlePrice bundle -> bundle(bundle, path);
      case Effect.FreeGift gift -> gift(gift, path);
      case Effect.PercentOffShipping _, Effect.AmountOffShipping _ ->
          noEffect(path, "shipping costs above zero", remainingShipping());
      case Effect.PercentOffItemsAndShipping _, Effect.AmountOffItemsAndShipping _ ->
          nothingToDiscount(path);
    };
  }

  private RuleOutcome.Skipped target(Target target, String targetPath, String path) {
    return index.linesOf(target).length == 0 ? noMatchingLine(targetPath) : nothingToDiscount(path);
  }

  private RuleOutcome.Skipped tiers(TieredQuantity tiered, String path) {
    int[] lines = index.linesOf(tiered.target());
    if (lines.length == 0) {
      return noMatchingLine(path + "/target");
    }
    long maxQuantity = 0;
    for (int line : lines) {
      maxQuantity = Math.max(maxQuantity, ledger.line(line).quantity().thousandths());
    }
    long counted = tiered.scope() == Scope.TARGET_TOTAL ? index.quantity(lines) : maxQuantity;
    QuantityTier first = tiered.tiers().getFirst();
    return counted < first.from().thousandths()
        ? noEffect(
            path + "/tiers/0/from", "at least " + first.from(), Quantity.toPlainString(counted))
        : nothingToDiscount(path);
  }

  private RuleOutcome.Skipped tiers(AmountTier first, String path) {
    long base = 0;
    for (int line : index.all()) {
      base += ledger.base(line);
    }
    return base < first.from().ceiling(ledger.currency())
        ? noEffect(
            path + "/tiers/0/from", "at least " + first.from(), ledger.money(base).toPlainString())
        : nothingToDiscount(path);
  }

  private RuleOutcome.Skipped buy(BuyXGetY buy, String path) {
    int[] buyLines = index.linesOf(buy.buyTarget());
    int[] getLines = index.linesOf(buy.getTarget());
    if (buyLines.length == 0) {
      return noMatchingLine(path + "/buyTarget");
    }
    if (getLines.length == 0) {
      return noMatchingLine(path + "/getTarget");
    }
    long available = countWholeUnits(buyLines);
    return available < buy.buyQuantity()
        ? atLeast(path + "/buyQuantity", buy.buyQuantity(), available)
        : noEffect(path + "/getQuantity", "more units than those bought", null);
  }

  private RuleOutcome.Skipped bundle(BundlePrice bundle, String path) {
    for (Map.Entry<Sku, Long> part : bundle.skus().entrySet()) {
      long available = countWholeUnits(index.withSku(part.getKey()));
      if (available < part.getValue()) {
        return atLeast(
            JsonObjectReader.pointerTo(path + "/skus", part.getKey().value()),
            part.getValue(),
            available);
      }
    }
    for (Map.Entry<Tag, Long> part : bundle.tags().entrySet()) {
      long available = countWholeUnits(index.withTag(part.getKey()));
      if (available < part.getValue()) {
        return atLeast(
            JsonObjectReader.pointerTo(path + "/tags", part.getKey().value()),
            part.getValue(),
            available);
      }
    }
    return noEffect(path + "/price", "a set whose parts cost more", null);
  }

  private RuleOutcome.Skipped gift(Effect.FreeGift gift, String path) {
    Sku per = gift.perUnitOfSku();
    return per != null && index.quantity(index.withSku(per)) < Quantity.of(1).thousandths()
        ? atLeast(path + "/perUnitOfSku", 1, 0)
        : noEffect(path, "a gift within the maximum order amount", null);
  }

  /** Returns the number of whole units of lines that are not part of a set. */
  private long countWholeUnits(int[] lines) {
    long sum = 0;
    for (UnitSelection.Slice slice : units.wholeUnits(lines, true)) {
      sum += slice.units();
    }
    return sum;
  }

  private @Nullable String remainingShipping() {
    return ledger.hasShipping()
        ? ledger.money(ledger.remaining(ledger.shippingSlot())).toPlainString()
        : null;
  }

  private static RuleOutcome.Skipped noMatchingLine(String path) {
    return noEffect(path, "a line that matches the target", null);
  }

  private static RuleOutcome.Skipped atLeast(String path, long wholeUnits, long found) {
    return noEffect(path, "at least " + wholeUnits, String.valueOf(found));
  }

  private static RuleOutcome.Skipped nothingToDiscount(String path) {
    return noEffect(path, "an amount to discount", null);
  }

  private static RuleOutcome.Skipped noEffect(
      String path, String expected, @Nullable String found) {
    return new RuleOutcome.Skipped(SkipReason.NO_EFFECT, path, expected, found);
  }
}
