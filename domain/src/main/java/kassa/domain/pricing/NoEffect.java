package kassa.domain.pricing;

import java.util.Map;
import java.util.stream.IntStream;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Quantity;
import kassa.domain.notation.FieldReader;
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

/** Tells why a rule that might have applied took nothing off: what its first effect lacks. */
final class NoEffect {

  private final CartIndex index;
  private final Ledger ledger;
  private final UnitSelection units;

  NoEffect(CartIndex index, Ledger ledger) {
    this.index = index;
    this.ledger = ledger;
    this.units = new UnitSelection(index, ledger);
  }

  Verdict.Skipped of(Rule rule) {
    return lacking(rule.definition().effects().getFirst(), "/effects/0");
  }

  private Verdict.Skipped lacking(Effect effect, String path) {
    return switch (effect) {
      case Effect.PercentOffOrder off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffOrder off -> target(off.target(), path + "/target", path);
      case Effect.PercentOffUnits off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffUnits off -> target(off.target(), path + "/target", path);
      case Effect.AmountOffLine off -> target(off.target(), path + "/target", path);
      case Effect.FixedUnitPrice price ->
          index.of(price.target()).length == 0
              ? noLine(path + "/target")
              : lacks(path + "/unitPrice", "a unit that costs more", null);
      case TieredQuantity tiered -> tiers(tiered, path);
      case Effect.TieredOrderAmount(var tiers) -> tiers(tiers.getFirst(), path);
      case Effect.QuantityGroup group -> {
        long wholes = wholes(index.of(group.target()));
        yield wholes < group.size()
            ? atLeast(path + "/size", group.size(), wholes)
            : nothingLeft(path);
      }
      case BuyXGetY buy -> buy(buy, path);
      case Effect.NthUnitPercent nth -> {
        long most =
            IntStream.of(index.of(nth.target()))
                .mapToLong(line -> wholes(new int[] {line}))
                .max()
                .orElse(0);
        yield most < nth.n() ? atLeast(path + "/n", nth.n(), most) : nothingLeft(path);
      }
      case BundlePrice bundle -> bundle(bundle, path);
      case Effect.FreeGift gift -> gift(gift, path);
      case Effect.PercentOffShipping _, Effect.AmountOffShipping _ ->
          lacks(path, "shipping that still costs something", shippingLeft());
      case Effect.PercentOffItemsAndShipping _, Effect.AmountOffItemsAndShipping _ ->
          nothingLeft(path);
    };
  }

  private Verdict.Skipped target(Target target, String targetPath, String path) {
    return index.of(target).length == 0 ? noLine(targetPath) : nothingLeft(path);
  }

  private Verdict.Skipped tiers(TieredQuantity tiered, String path) {
    int[] lines = index.of(tiered.target());
    if (lines.length == 0) {
      return noLine(path + "/target");
    }
    long greatest = 0;
    for (int line : lines) {
      greatest = Math.max(greatest, ledger.line(line).quantity().thousandths());
    }
    long counted = tiered.scope() == Scope.TARGET_TOTAL ? index.quantity(lines) : greatest;
    QuantityTier first = tiered.tiers().getFirst();
    return counted < first.from().thousandths()
        ? lacks(path + "/tiers/0/from", "at least " + first.from(), ConditionCheck.decimal(counted))
        : nothingLeft(path);
  }

  private Verdict.Skipped tiers(AmountTier first, String path) {
    long base = 0;
    for (int line : index.all()) {
      base += ledger.base(line);
    }
    return base < first.from().ceiling(ledger.currency())
        ? lacks(
            path + "/tiers/0/from", "at least " + first.from(), ledger.money(base).toPlainString())
        : nothingLeft(path);
  }

  private Verdict.Skipped buy(BuyXGetY buy, String path) {
    int[] bought = index.of(buy.buyTarget());
    int[] given = index.of(buy.getTarget());
    if (bought.length == 0) {
      return noLine(path + "/buyTarget");
    }
    if (given.length == 0) {
      return noLine(path + "/getTarget");
    }
    long free = wholes(bought);
    return free < buy.buyQuantity()
        ? atLeast(path + "/buyQuantity", buy.buyQuantity(), free)
        : lacks(path + "/getQuantity", "units left to give beside those that are bought", null);
  }

  private Verdict.Skipped bundle(BundlePrice bundle, String path) {
    for (Map.Entry<Sku, Long> part : bundle.skus().entrySet()) {
      long free = wholes(index.withSku(part.getKey()));
      if (free < part.getValue()) {
        return atLeast(
            FieldReader.at(path + "/skus", part.getKey().value()), part.getValue(), free);
      }
    }
    for (Map.Entry<Tag, Long> part : bundle.tags().entrySet()) {
      long free = wholes(index.withTag(part.getKey()));
      if (free < part.getValue()) {
        return atLeast(
            FieldReader.at(path + "/tags", part.getKey().value()), part.getValue(), free);
      }
    }
    return lacks(path + "/price", "a set whose parts cost more", null);
  }

  private Verdict.Skipped gift(Effect.FreeGift gift, String path) {
    Sku per = gift.perUnitOfSku();
    return per != null && index.quantity(index.withSku(per)) < Quantity.of(1).thousandths()
        ? atLeast(path + "/perUnitOfSku", 1, 0)
        : lacks(path, "a gift that the order has room for", null);
  }

  /** The whole units of some lines that no set has yet. */
  private long wholes(int[] lines) {
    long sum = 0;
    for (UnitSelection.Slice slice : units.wholes(lines, true)) {
      sum += slice.units();
    }
    return sum;
  }

  private @Nullable String shippingLeft() {
    return ledger.hasShipping()
        ? ledger.money(ledger.left(ledger.shipping())).toPlainString()
        : null;
  }

  private static Verdict.Skipped noLine(String path) {
    return lacks(path, "a line of the target", null);
  }

  private static Verdict.Skipped atLeast(String path, long wholeUnits, long found) {
    return lacks(path, "at least " + wholeUnits, String.valueOf(found));
  }

  private static Verdict.Skipped nothingLeft(String path) {
    return lacks(path, "something to take off", null);
  }

  private static Verdict.Skipped lacks(String path, String expected, @Nullable String found) {
    return new Verdict.Skipped(SkipReason.NO_EFFECT, path, expected, found);
  }
}
