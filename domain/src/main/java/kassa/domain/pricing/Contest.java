package kassa.domain.pricing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Rules of one group: of each line, the one that saves more there. A tie goes to the first. */
final class Contest {

  private final Ledger ledger;
  private final Ledger before;
  private final List<Ledger> after;
  private final List<List<Ledger.Entry>> won;
  private final BitSet gave;

  /**
   * @param ledger where the contest is settled; as it was before
   * @param before the ledger before the rules
   * @param after the ledger as each of the rules alone would leave it
   */
  Contest(Ledger ledger, Ledger before, List<Ledger> after) {
    this.ledger = ledger;
    this.before = before;
    this.after = after;
    this.won = new ArrayList<>();
    this.gave = new BitSet();
    after.forEach(contestant -> won.add(new ArrayList<>()));
  }

  void settle() {
    for (int slot = 0; slot <= ledger.shipping(); slot++) {
      int winner = winner(slot);
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
        ? Verdict.Skipped.because(SkipReason.OUTDONE)
        : Trial.applied(alone.code(), ledger, alone.dropped().minorUnits(), entries);
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
