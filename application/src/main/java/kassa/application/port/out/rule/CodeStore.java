package kassa.application.port.out.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the codes that bring rules, those included that rules name themselves. A code is kept once,
 * whatever its spelling. Implementations may be called by any number of threads. Every method
 * throws {@link StoreUnavailableException} when the store cannot be asked; absence is never
 * answered instead.
 */
public interface CodeStore {

  /**
   * Keeps codes for a rule, all or none, and lets the rule apply from then on only to those who
   * enter one. Raises the number of the set of rules.
   *
   * @param codes 1 to 100,000
   * @param limit the most orders that may use each; that of the rule if {@code null}
   * @param at when, to the microsecond
   * @param idempotencyRecord what is kept with them as the answer to the call; {@code null} if it
   *     has no key
   */
  AddResult add(
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord);

  /** Keeps codes as above, for a call without a key. */
  default AddResult add(RuleId rule, Collection<Code> codes, @Nullable Long limit, Instant at) {
    return add(rule, codes, limit, at, null);
  }

  /** What came of an addition. */
  enum AddResult {
    /** The codes are kept. */
    DONE,
    /** There is no such rule. */
    RULE_NOT_FOUND,
    /** The rule is archived. */
    RULE_ARCHIVED,
    /** The rule is in force for everybody: with the codes some would lose what they see now. */
    RULE_ACTIVE_WITHOUT_CODE,
    /** One of the codes is kept already. */
    CODE_TAKEN,
    /** There is an answer under the key of the call already; nothing is kept. */
    KEY_TAKEN
  }

  /** What is kept of these codes, by their {@link Code#key()}; those that are not kept are not. */
  Map<String, StoredCode> find(Collection<Code> codes);

  /** How many orders use a code, those that were cancelled and gave it back not counted. */
  long countRedemptions(Code code);

  /** What is kept of this code. */
  default Optional<StoredCode> find(Code code) {
    return Optional.ofNullable(find(List.of(code)).get(code.key()));
  }

  /**
   * Codes by their keys, rising.
   *
   * @param after the key behind which to begin; at the first if {@code null}
   * @param rule only those of this rule; of any if {@code null}
   * @param limit the most to return, 1 or more
   */
  List<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit);
}
