package kassa.application.port.in.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Recording;
import kassa.application.port.in.Slice;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Issues, generates and lists coupon codes of rules. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be read or written.
 */
public interface ManageCodes {

  /** Maximum number of codes that one call generates. */
  int MAX_BATCH_SIZE = 100_000;

  /** Maximum length of the prefix of generated codes, in characters. */
  int MAX_PREFIX_LENGTH = 32;

  /**
   * Issues one code with the given text.
   *
   * @param limit the maximum number of orders that can use the code; {@code null} for the limit of
   *     the rule
   */
  Outcome issue(RuleId rule, Code code, @Nullable Long limit);

  /**
   * Generates random codes that cannot be guessed, without characters that look alike.
   *
   * @param count the number of codes, 1 to {@value #MAX_BATCH_SIZE}
   * @param prefix the prefix of each code; may be empty
   * @param limit the maximum number of orders that can use each code; {@code null} for the limit of
   *     the rule
   */
  Outcome generate(RuleId rule, int count, String prefix, @Nullable Long limit);

  /** Returns this use case with an idempotency record of the codes that a call creates. */
  ManageCodes recording(Recording<List<Code>> recording);

  /** Returns a code with its number of redemptions, or empty if it does not exist. */
  Optional<CodeState> find(Code code);

  /**
   * Lists codes in ascending order of their keys (keyset pagination).
   *
   * @param after list codes after this key; {@code null} to start at the first code
   * @param rule only codes of this rule; {@code null} for all rules
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<StoredCode> list(@Nullable String after, @Nullable RuleId rule, int limit);

  /**
   * Code with its number of redemptions.
   *
   * @param code the code
   * @param redemptionCount the number of orders that use it
   */
  record CodeState(StoredCode code, long redemptionCount) {}

  /** Outcome of issuing or generating codes. */
  sealed interface Outcome {

    /**
     * The codes were stored.
     *
     * @param codes the codes
     */
    record Issued(List<Code> codes) implements Outcome {

      public Issued {
        codes = List.copyOf(codes);
      }
    }

    /** No such rule exists. */
    record RuleNotFound() implements Outcome {}

    /** The rule is archived. */
    record RuleArchived() implements Outcome {}

    /** The rule is active without a code; it has to be paused before codes can be issued for it. */
    record RuleActiveWithoutCode() implements Outcome {}

    /** The code exists already. */
    record CodeTaken() implements Outcome {}
  }
}
