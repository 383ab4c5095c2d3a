package kassa.application.internal.rule;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.IntUnaryOperator;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Slice;
import kassa.application.port.in.rule.ManageCodes;
import kassa.application.port.out.rule.CodeStore;
import kassa.application.port.out.rule.CodeStore.AddResult;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/** Issues, generates and lists coupon codes. */
public final class CodeService implements ManageCodes {

  /** 31 characters, without I, L, O, 0 and 1, which look alike. */
  private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

  /** Almost 60 bits of randomness: with 100,000 valid codes, one guess in 10^13 is right. */
  private static final int RANDOM_PART_LENGTH = 12;

  private static final int MAX_ATTEMPTS = 3;

  private final CodeStore store;
  private final ActiveRuleSet activeRules;
  private final InstantSource clock;
  private final IntUnaryOperator random;
  private final Recording<List<Code>> recording;

  /**
   * @param random returns a random number below its argument, from a secure source
   * @param recording records the codes that a call creates
   */
  public CodeService(
      CodeStore store,
      ActiveRuleSet activeRules,
      InstantSource clock,
      IntUnaryOperator random,
      Recording<List<Code>> recording) {
    this.store = store;
    this.activeRules = activeRules;
    this.clock = clock;
    this.random = random;
    this.recording = recording;
  }

  @Override
  public ManageCodes recording(Recording<List<Code>> other) {
    return new CodeService(store, activeRules, clock, random, other);
  }

  @Override
  public Outcome issue(RuleId rule, Code code, @Nullable Long limit) {
    return outcome(add(rule, List.of(code), limit), List.of(code));
  }

  @Override
  public Outcome generate(RuleId rule, int count, String prefix, @Nullable Long limit) {
    if (count < 1 || count > MAX_BATCH_SIZE) {
      throw new IllegalArgumentException("count must be from 1 to " + MAX_BATCH_SIZE);
    }
    for (int attempt = 1; true; attempt++) {
      List<Code> codes = generate(count, prefix);
      AddResult result = add(rule, codes, limit);
      // A collision with an existing code is extremely unlikely, and practically impossible twice
      // in a row.
      if (result != AddResult.CODE_TAKEN || attempt == MAX_ATTEMPTS) {
        return outcome(result, codes);
      }
    }
  }

  @Override
  public Optional<CodeState> find(Code code) {
    return store
        .find(code)
        .map(storedCode -> new CodeState(storedCode, store.countRedemptions(code)));
  }

  @Override
  public Slice<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit) {
    return Slice.read(limit, count -> store.list(after, rule, count));
  }

  private List<Code> generate(int count, String prefix) {
    SequencedSet<Code> codes = LinkedHashSet.newLinkedHashSet(count);
    while (codes.size() < count) {
      StringBuilder text = new StringBuilder(prefix);
      for (int i = 0; i < RANDOM_PART_LENGTH; i++) {
        text.append(ALPHABET.charAt(random.applyAsInt(ALPHABET.length())));
      }
      codes.add(new Code(text.toString()));
    }
    return new ArrayList<>(codes);
  }

  private AddResult add(RuleId rule, List<Code> codes, @Nullable Long limit) {
    Instant at = clock.instant();
    try {
      return store.add(rule, codes, limit, at, recording.of(codes, at));
    } finally {
      activeRules.invalidate();
    }
  }

  private static Outcome outcome(AddResult result, List<Code> codes) {
    return switch (result) {
      case DONE -> new Outcome.Issued(codes);
      case RULE_NOT_FOUND -> new Outcome.RuleNotFound();
      case RULE_ARCHIVED -> new Outcome.RuleArchived();
      case RULE_ACTIVE_WITHOUT_CODE -> new Outcome.RuleActiveWithoutCode();
      case CODE_TAKEN -> new Outcome.CodeTaken();
    };
  }
}
