package kassa.application.port.out.rule;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Store of coupon codes, including the codes that rule definitions contain. A code is unique,
 * whatever its spelling ({@link Code#key()}). Thread-safe. Every method throws {@link
 * StoreUnavailableException} when the store cannot be used; an empty result always means that no
 * such code exists.
 */
public interface CodeStore {

  /**
   * Returns a store whose changes have events with this actor.
   *
   * @param actor the name of the caller; {@code null} if unknown
   */
  default CodeStore by(@Nullable String actor) {
    return this;
  }

  /**
   * Adds codes to a rule atomically: all or none. From then on the rule applies only to carts with
   * one of its codes. Increments the version of the rule set.
   *
   * @param codes 1 to 100,000 codes
   * @param limit the maximum number of orders that can use each code; {@code null} for the limit of
   *     the rule
   * @param at the time of the change, to the microsecond
   * @param idempotencyRecord the idempotency record to store in the same transaction; {@code null}
   *     if the request has no idempotency key
   * @throws IdempotencyKeyTakenException if an idempotency record exists under the key
   */
  AddResult add(
      RuleId rule,
      Collection<Code> codes,
      @Nullable Long limit,
      Instant at,
      @Nullable IdempotencyRecord idempotencyRecord);

  /** Result of {@link #add}. */
  enum AddResult {
    /** The codes were stored. */
    DONE,
    /** No such rule exists. */
    RULE_NOT_FOUND,
    /** The rule is archived. */
    RULE_ARCHIVED,
    /**
     * The rule is active without a code: with codes, customers would lose a discount that they see
     * now.
     */
    RULE_ACTIVE_WITHOUT_CODE,
    /** One of the codes exists already. */
    CODE_TAKEN
  }

  /** Returns the stored codes by their {@link Code#key()}; codes that do not exist are missing. */
  Map<String, StoredCode> find(Collection<Code> codes);

  /** Returns the number of orders that use a code, without cancelled orders that released it. */
  long countRedemptions(Code code);

  /** Returns the stored code, or empty if it does not exist. */
  default Optional<StoredCode> find(Code code) {
    return Optional.ofNullable(find(List.of(code)).get(code.key()));
  }

  /**
   * Lists codes in ascending order of their keys.
   *
   * @param after list codes after this key; {@code null} to start at the first
   * @param rule only codes of this rule; {@code null} for all rules
   * @param limit the maximum number of codes, 1 or more
   */
  List<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit);
}
