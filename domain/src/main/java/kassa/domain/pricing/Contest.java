package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Rules of one group: of each line, the one that saves more there. A tie goes to the first. */
final class Contest {

  private final Ledger ledger;
  private final List<RuleId> ids;
  private final Ledger before;
  private final List<Ledger> after;
  private final List<List<Ledger.Entry>> won;
  private final BitSet gave;

  /** Who wins which slot; -1 where nobody saves anything. */
  private final int[] winners;

  /**
   * @param ledger where the contest is settled; as it was before
   * @param ids the rules
   * @param before the ledger before the rules
   * @param after the ledger as each of the rules alone would leave it
   */
  Contest(Ledger ledger, List<RuleId> ids, Ledger before, List<Ledger> after) {
    this.ledger = ledger;
    this.ids = ids;
    this.before = before;
    this.after = after;
    this.won = new ArrayList<>();
    this.gave = new BitSet();
    this.winners = new int[ledger.shipping() + 1];
    after.forEach(contestant -> won.add(new ArrayList<>()));
  }

  void settle() {
    for (int slot = 0; slot <= ledger.shipping(); slot++) {
      int winner = winner(slot);
      winners[slot] = winner;
      if (winner >= 0) {
        ledger.become(after.get(winner), slot);
        take(winner, slot);
      }
    }
    for (int contestant = 0; contestant < after.size(); contestant++) {
      takeGifts(contestant);
    }
    won.forEach(ledger.entries()::addAll);
  }

  /** What became of a contestant that applied alone. */
  Verdict verdict(int contestant, Verdict.Applied alone) {
    List<Ledger.Entry> entries = won.get(contestant);
    return entries.isEmpty() && !gave.get(contestant)
        ? outdone(contestant)
        : Trial.applied(alone.code(), ledger, alone.dropped().minorUnits(), entries);
  }

  /** Tells of the first line that it would have saved something on. */
  private Verdict.Skipped outdone(int contestant) {
    for (int slot = 0; slot < winners.length; slot++) {
      if (saved(contestant, slot) > 0) {
        String where = slot == ledger.shipping() ? "shipping" : "line " + slot;
        return outdone(
            "more than "
                + ledger.money(saved(winners[slot], slot)).toPlainString()
                + " by "
                + ids.get(winners[slot]).value()
                + " on "
                + where,
            ledger.money(saved(contestant, slot)).toPlainString());
      }
    }
    return outdone("a gift that the order has room for", null);
  }

  private static Verdict.Skipped outdone(String expected, @Nullable String found) {
    return new Verdict.Skipped(SkipReason.OUTDONE, "/bestOfGroup", expected, found);
  }

  private long saved(int contestant, int slot) {
    return before.left(slot) - after.get(contestant).left(slot);
  }

  private int winner(int slot) {
    int winner = -1;
    long least = before.left(slot);
    for (int contestant = 0; contestant < after.size(); contestant++) {
      if (after.get(contestant).left(slot) < least) {
        least = after.get(contestant).left(slot);
        winner = contestant;
      }
    }
    return winner;
  }

  private void take(int winner, int slot) {
    for (Ledger.Entry entry : added(winner)) {
      if (entry.slot() == slot) {
        won.get(winner).add(entry);
      }
    }
  }

  /** Nothing else is given on the line of a gift, so nobody competes for it. */
  private void takeGifts(int contestant) {
    List<CartLine> gifts = after.get(contestant).gifts();
    for (int gift = before.gifts().size(); gift < gifts.size(); gift++) {
      if (ledger.hasRoomFor(gifts.get(gift).subtotal().minorUnits())) {
        takeGift(contestant, ledger.shipping() + 1 + gift, ledger.addGift(gifts.get(gift)));
      }
    }
  }

  private void takeGift(int contestant, int theirs, int slot) {
    gave.set(contestant);
    for (Ledger.Entry entry : added(contestant)) {
      if (entry.slot() == theirs) {
        won.get(contestant)
            .add(new Ledger.Entry(slot, entry.rule(), entry.label(), entry.code(), entry.amount()));
      }
    }
  }

  private List<Ledger.Entry> added(int contestant) {
    List<Ledger.Entry> entries = after.get(contestant).entries();
    return entries.subList(before.entries().size(), entries.size());
  }
}
