package kassa.application.port.in.rule;

import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.StoredCode;
import org.jspecify.annotations.Nullable;

/**
 * Issues codes that bring rules. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the answer cannot be had.
 */
public interface ManageCodes {

  /** The most codes that are generated at once. */
  int MAX_BATCH_SIZE = 100_000;

  /** The most codes of one page. */
  int MAX_PAGE_SIZE = 200;

  /** The longest prefix of generated codes, in characters. */
  int MAX_PREFIX_LENGTH = 32;

  /**
   * Issues one code of the sender's choice.
   *
   * @param limit the most orders that may use it; that of the rule if {@code null}
   * @param request the call that asks, if that has a key; its answer is kept with the code
   */
  Outcome issue(
      RuleId rule,
      Code code,
      @Nullable Long limit,
      @Nullable IdempotentRequest<List<Code>> request);

  /** Issues a code as above, for a call without a key. */
  default Outcome issue(RuleId rule, Code code, @Nullable Long limit) {
    return issue(rule, code, limit, null);
  }

  /**
   * Issues codes that nobody can guess, free of letters that look alike.
   *
   * @param count how many, 1 to {@value #MAX_BATCH_SIZE}
   * @param prefix what each begins with; may be empty
   * @param limit the most orders that may use each; that of the rule if {@code null}
   * @param request the call that asks, if that has a key; its answer is kept with the codes
   */
  Outcome generate(
      RuleId rule,
      int count,
      String prefix,
      @Nullable Long limit,
      @Nullable IdempotentRequest<List<Code>> request);

  /** Issues codes as above, for a call without a key. */
  default Outcome generate(RuleId rule, int count, String prefix, @Nullable Long limit) {
    return generate(rule, count, prefix, limit, null);
  }

  /** What is known of a code. */
  Optional<CodeState> find(Code code);

  /** A page of the codes, by their keys. */
  Page list(@Nullable String after, @Nullable RuleId rule, int limit);

  /**
   * What is known of a code.
   *
   * @param code the code
   * @param redemptionCount the orders that use it
   */
  record CodeState(StoredCode code, long redemptionCount) {}

  /**
   * Some codes, in their order.
   *
   * @param next the key behind which the next page begins; {@code null} on the last page
   */
  record Page(List<StoredCode> codes, @Nullable String next) {

    public Page {
      codes = List.copyOf(codes);
    }
  }

  /** What came of it. */
  sealed interface Outcome {

    /**
     * The codes are kept.
     *
     * @param codes the codes
     */
    record Issued(List<Code> codes) implements Outcome {

      public Issued {
        codes = List.copyOf(codes);
      }
    }

    /** There is no such rule. */
    record RuleNotFound() implements Outcome {}

    /** The rule is archived. */
    record RuleArchived() implements Outcome {}

    /** The rule is in force for everybody; it has to be paused before it is bound to codes. */
    record RuleActiveWithoutCode() implements Outcome {}

    /** The code is kept already. */
    record CodeTaken() implements Outcome {}

    /** There is an answer under the key of the call already; no code was issued. */
    record KeyTaken() implements Outcome {}
  }
}
