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

/** Rules of one group: of each line, the one that saves more there. A tie goes to the first. */
final class BestOfGroup {

  private final Ledger ledger;
  private final List<RuleId> ids;
  private final Ledger before;
  private final List<Ledger> after;
  private final List<List<Ledger.Entry>> entriesWon;
  private final BitSet giftGivers;

  /** Who wins which slot; -1 where nobody saves anything. */
  private final int[] winners;

  /**
   * @param ledger where the contest is settled; as it was before
   * @param ids the rules
   * @param before the ledger before the rules
   * @param after the ledger as each of the rules alone would leave it
   */
  BestOfGroup(Ledger ledger, List<RuleId> ids, Ledger before, List<Ledger> after) {
    this.ledger = ledger;
    this.ids = ids;
    this.before = before;
    this.after = after;
    this.entriesWon = new ArrayList<>();
    this.giftGivers = new BitSet();
    this.winners = new int[ledger.shippingSlot() + 1];
    after.forEach(contestant -> entriesWon.add(new ArrayList<>()));
  }

  void resolve() {
    for (int slot = 0; slot <= ledger.shippingSlot(); slot++) {
      int winner = winnerOf(slot);
      winners[slot] = winner;
      if (winner >= 0) {
        ledger.copyFrom(after.get(winner), slot);
        takeEntries(winner, slot);
      }
    }
    for (int contestant = 0; contestant < after.size(); contestant++) {
      takeGifts(contestant);
    }
    entriesWon.forEach(ledger.entries()::addAll);
  }

  /** What became of a contestant that applied alone. */
  RuleOutcome outcome(int contestant, RuleOutcome.Applied alone) {
    List<Ledger.Entry> entries = entriesWon.get(contestant);
    return entries.isEmpty() && !giftGivers.get(contestant)
        ? notBestOffer(contestant)
        : RuleEvaluation.toOutcome(alone.code(), ledger, alone.unapplied().minorUnits(), entries);
  }

  /** Tells of the first line that it would have saved something on. */
  private RuleOutcome.Skipped notBestOffer(int contestant) {
    for (int slot = 0; slot < winners.length; slot++) {
      if (savingOf(contestant, slot) > 0) {
        String where = slot == ledger.shippingSlot() ? "shipping" : "line " + slot;
        return notBestOffer(
            "more than "
                + ledger.money(savingOf(winners[slot], slot)).toPlainString()
                + " by "
                + ids.get(winners[slot]).value()
                + " on "
                + where,
            ledger.money(savingOf(contestant, slot)).toPlainString());
      }
    }
    return notBestOffer("a gift that the order has room for", null);
  }

  private static RuleOutcome.Skipped notBestOffer(String expected, @Nullable String found) {
    return new RuleOutcome.Skipped(SkipReason.NOT_BEST_OFFER, "/bestOfGroup", expected, found);
  }

  private long savingOf(int contestant, int slot) {
    return before.remaining(slot) - after.get(contestant).remaining(slot);
  }

  private int winnerOf(int slot) {
    int winner = -1;
    long lowest = before.remaining(slot);
    for (int contestant = 0; contestant < after.size(); contestant++) {
      if (after.get(contestant).remaining(slot) < lowest) {
        lowest = after.get(contestant).remaining(slot);
        winner = contestant;
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

  /** Nothing else is given on the line of a gift, so nobody competes for it. */
  private void takeGifts(int contestant) {
    List<CartLine> gifts = after.get(contestant).gifts();
    for (int gift = before.gifts().size(); gift < gifts.size(); gift++) {
      if (ledger.canAddGift(gifts.get(gift).subtotal().minorUnits())) {
        takeGift(contestant, ledger.shippingSlot() + 1 + gift, ledger.addGift(gifts.get(gift)));
      }
    }
  }

  private void takeGift(int contestant, int theirs, int slot) {
    giftGivers.set(contestant);
    for (Ledger.Entry entry : entriesAdded(contestant)) {
      if (entry.slot() == theirs) {
        entriesWon
            .get(contestant)
            .add(new Ledger.Entry(slot, entry.rule(), entry.label(), entry.code(), entry.amount()));
      }
    }
  }

  private List<Ledger.Entry> entriesAdded(int contestant) {
    List<Ledger.Entry> entries = after.get(contestant).entries();
    return entries.subList(before.entries().size(), entries.size());
  }
}
