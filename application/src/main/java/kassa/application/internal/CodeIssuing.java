package kassa.application.internal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.IntUnaryOperator;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.IssueCodes;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.CodeStore.Addition;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Issues codes. */
public final class CodeIssuing implements IssueCodes {

  /** Without I, L, O, 0 and 1, which look alike; 31 letters. */
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

  /** Almost 60 bits: with 100,000 codes in force, a guess is right once in 10^13 times. */
  private static final int LENGTH = 12;

  private static final int MOST_ATTEMPTS = 3;

  private final CodeStore store;
  private final RuleBook book;
  private final InstantSource clock;
  private final IntUnaryOperator chance;

  /**
   * @param chance a number below the given one that nobody can guess
   */
  public CodeIssuing(CodeStore store, RuleBook book, InstantSource clock, IntUnaryOperator chance) {
    this.store = store;
    this.book = book;
    this.clock = clock;
    this.chance = chance;
  }

  @Override
  public Outcome issue(
      RuleId rule, Code code, @Nullable Long limit, @Nullable KeyedCall<List<Code>> call) {
    return outcome(add(rule, List.of(code), limit, call), List.of(code));
  }

  @Override
  public Outcome generate(
      RuleId rule,
      int count,
      String prefix,
      @Nullable Long limit,
      @Nullable KeyedCall<List<Code>> call) {
    if (count < 1 || count > MOST_AT_ONCE) {
      throw new IllegalArgumentException("count must be from 1 to " + MOST_AT_ONCE);
    }
    for (int attempt = 1; true; attempt++) {
      List<Code> codes = generate(count, prefix);
      Addition addition = add(rule, codes, limit, call);
      // That one of them was there already happens about never; twice in a row it does not.
      if (addition != Addition.CODE_TAKEN || attempt == MOST_ATTEMPTS) {
        return outcome(addition, codes);
      }
    }
  }

  @Override
  public Optional<CodeState> find(Code code) {
    return store.find(code).map(kept -> new CodeState(kept, store.redeemed(code)));
  }

  @Override
  public Page list(@Nullable String after, @Nullable RuleId rule, int limit) {
    // One more than asked for tells whether there is a next page.
    List<KeptCode> found = store.list(after, rule, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<KeptCode> page = found.subList(0, limit);
    return new Page(page, page.getLast().code().key());
  }

  private List<Code> generate(int count, String prefix) {
    SequencedSet<Code> codes = LinkedHashSet.newLinkedHashSet(count);
    while (codes.size() < count) {
      StringBuilder text = new StringBuilder(prefix);
      for (int i = 0; i < LENGTH; i++) {
        text.append(LETTERS.charAt(chance.applyAsInt(LETTERS.length())));
      }
      codes.add(new Code(text.toString()));
    }
    return new ArrayList<>(codes);
  }

  private Addition add(
      RuleId rule, List<Code> codes, @Nullable Long limit, @Nullable KeyedCall<List<Code>> call) {
    KeptAnswer answer = call == null ? null : call.keep(codes);
    try {
      return store.add(rule, codes, limit, clock.instant().truncatedTo(ChronoUnit.MICROS), answer);
    } finally {
      book.forget();
    }
  }

  private static Outcome outcome(Addition addition, List<Code> codes) {
    return switch (addition) {
      case DONE -> new Outcome.Issued(codes);
      case NO_SUCH_RULE -> new Outcome.NoSuchRule();
      case RULE_ARCHIVED -> new Outcome.RuleArchived();
      case RULE_OPEN_TO_ALL -> new Outcome.RuleOpenToAll();
      case CODE_TAKEN -> new Outcome.CodeTaken();
      case KEY_TAKEN -> new Outcome.KeyTaken();
    };
  }
}
