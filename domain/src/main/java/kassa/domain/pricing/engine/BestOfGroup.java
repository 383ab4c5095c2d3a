package kassa.domain.pricing.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import kassa.domain.pricing.CartLine;
import kassa.domain.pricing.RuleOutcome;
import kassa.domain.pricing.SkipReason;
import kassa.domain.pricing.engine.ledger.Ledger;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a group of rules: the rule with the largest discount wins each line; ties to the first.
 */
final class BestOfGroup {

  private final Ledger ledger;
  private final List<RuleId> ids;
  private final Ledger before;
  private final List<Ledger> after;
  private final List<List<Ledger.Entry>> entriesWon;
  private final BitSet giftGivers;

  /** The index of the winning rule by slot; -1 if no rule gives a discount there. */
  private final int[] winners;

  /**
   * Creates a resolver.
   *
   * @param ledger the ledger to change; in its state before the rules
   * @param ids the ids of the rules
   * @param before a copy of the ledger before the rules
   * @param after the ledgers after each of the rules alone
   */
  BestOfGroup(Ledger ledger, List<RuleId> ids, Ledger before, List<Ledger> after) {
    this.ledger = ledger;
    this.ids = ids;
    this.before = before;
    this.after = after;
    this.entriesWon = new ArrayList<>();
    this.giftGivers = new BitSet();
    this.winners = new int[ledger.shippingSlot() + 1];
    after.forEach(_ -> entriesWon.add(new ArrayList<>()));
  }

  /** Applies the winning rule of each slot to the ledger. */
  void resolve() {
    for (int slot = 0; slot <= ledger.shippingSlot(); slot++) {
      int winner = winnerOf(slot);
      winners[slot] = winner;
      if (winner >= 0) {
        ledger.copyFrom(after.get(winner), slot);
        takeEntries(winner, slot);
      }
    }
    for (int rule = 0; rule < after.size(); rule++) {
      takeGifts(rule);
    }
    entriesWon.forEach(ledger.entries()::addAll);
  }

  /** Returns the outcome of a rule, given its outcome alone. */
  RuleOutcome outcome(int rule, RuleOutcome.Applied alone) {
    List<Ledger.Entry> entries = entriesWon.get(rule);
    return entries.isEmpty() && !giftGivers.get(rule)
        ? notBestOffer(rule)
        : RuleEvaluation.toOutcome(alone.code(), ledger, alone.unapplied().minorUnits(), entries);
  }

  /** Explains the outcome with the first line on which the rule would have given a discount. */
  private RuleOutcome.Skipped notBestOffer(int rule) {
    for (int slot = 0; slot < winners.length; slot++) {
      if (savingOf(rule, slot) > 0) {
        String where = slot == ledger.shippingSlot() ? "shipping" : "line " + slot;
        return notBestOffer(
            "more than "
                + ledger.money(savingOf(winners[slot], slot)).toPlainString()
                + " by "
                + ids.get(winners[slot]).value()
                + " on "
                + where,
            ledger.money(savingOf(rule, slot)).toPlainString());
      }
    }
    return notBestOffer("a gift within the maximum order amount", null);
  }

  private static RuleOutcome.Skipped notBestOffer(String expected, @Nullable String found) {
    return new RuleOutcome.Skipped(SkipReason.NOT_BEST_OFFER, "/bestOfGroup", expected, found);
  }

  private long savingOf(int rule, int slot) {
    return before.remaining(slot) - after.get(rule).remaining(slot);
  }

  private int winnerOf(int slot) {
    int winner = -1;
    long lowest = before.remaining(slot);
    for (int rule = 0; rule < after.size(); rule++) {
      if (after.get(rule).remaining(slot) < lowest) {
        lowest = after.get(rule).remaining(slot);
        winner = rule;
      }
    }
    return winner;
  }

  private void takeEntries(int winner, int slot) {
    for (Ledger.Entry entry : entriesAdded(winner)) {
      if (entry.slot() == slot) {
        entriesWon.get(winner).add(entry);
      }
    }
  }

  /** Each gift has a line of its own, so no other rule competes for it. */
  private void takeGifts(int rule) {
    List<CartLine> gifts = after.get(rule).gifts();
    for (int gift = before.gifts().size(); gift < gifts.size(); gift++) {
      if (ledger.canAddGift(gifts.get(gift).subtotal().minorUnits())) {
        takeGift(rule, ledger.shippingSlot() + 1 + gift, ledger.addGift(gifts.get(gift)));
      }
    }
  }

  private void takeGift(int rule, int originalSlot, int slot) {
    giftGivers.set(rule);
    for (Ledger.Entry entry : entriesAdded(rule)) {
      if (entry.slot() == originalSlot) {
        entriesWon
            .get(rule)
            .add(new Ledger.Entry(slot, entry.rule(), entry.label(), entry.code(), entry.amount()));
      }
    }
  }

  private List<Ledger.Entry> entriesAdded(int rule) {
    List<Ledger.Entry> entries = after.get(rule).entries();
    return entries.subList(before.entries().size(), entries.size());
  }
}
