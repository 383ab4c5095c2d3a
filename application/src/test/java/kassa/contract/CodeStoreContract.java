package kassa.contract;

import static kassa.contract.fixture.SampleRules.START;
import static kassa.contract.fixture.SampleRules.content;
import static kassa.contract.fixture.SampleRules.insertActive;
import static kassa.contract.fixture.SampleRules.nextId;
import static kassa.contract.fixture.SampleRules.percentOff;
import static kassa.contract.fixture.SampleRules.requireDone;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kassa.application.port.out.rule.CodeStore;
import kassa.application.port.out.rule.CodeStore.AddResult;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.OrderAndRuleStores;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.contract.fixture.TestRuleSets;
import kassa.domain.order.NewOrder;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link CodeStore}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CodeStoreContract {

  private static final Instant LATER = START.plusSeconds(3600);
  private static final int MAX_BATCH_SIZE = 100_000;

  /** The stores under test. */
  protected abstract OrderAndRuleStores stores();

  private CodeStore store() {
    return stores().codes();
  }

  @Test
  void finds_codes_in_any_spelling() {
    StoredRule rule = draft();
    assertThat(store().add(rule.id(), codes("Straße-1", "käse"), 3L, LATER, null))
        .isEqualTo(AddResult.DONE);
    assertThat(store().add(rule.id(), codes("MUG"), null, START, null)).isEqualTo(AddResult.DONE);

    StoredCode street = new StoredCode(new Code("Straße-1"), rule.id(), 3L, LATER);
    StoredCode mug = new StoredCode(new Code("MUG"), rule.id(), null, START);
    assertThat(store().find(codes("STRASSE-1", "mug", "nope", "MUG")))
        .isEqualTo(Map.of("strasse-1", street, "mug", mug));
    assertThat(store().find(new Code("Straße-1")).orElseThrow().code()).hasToString("Straße-1");
    assertThat(store().find(List.of())).isEmpty();
    assertThat(store().find(new Code("nope"))).isEmpty();
  }

  @Test
  void binds_the_rule_to_its_codes() {
    StoredRule rule = draft();
    long set = stores().rules().ruleSetVersion();

    store().add(rule.id(), codes("A"), null, LATER, null);

    StoredRule withCode = stores().rules().find(rule.id()).orElseThrow();
    assertThat(withCode)
        .isEqualTo(
            new StoredRule(
                rule.id(),
                1,
                1,
                RuleStatus.DRAFT,
                true,
                rule.definitionJson(),
                rule.definition(),
                START,
                START));
    assertThat(stores().rules().ruleSetVersion()).isEqualTo(set + 1);
    stores().rules().changeStatus(rule.id(), 1, RuleStatus.ACTIVE, LATER, null);
    assertThat(store().add(rule.id(), codes("B"), null, LATER, null)).isEqualTo(AddResult.DONE);
  }

  @Test
  void adds_no_codes_to_a_rule_that_cannot_have_any() {
    RuleId open = insertActive(stores().rules(), percentOff("1")).id();
    RuleId archived = insertActive(stores().rules(), percentOff("2", "code", "GONE")).id();
    SampleRules.changeStatus(stores().rules(), archived, RuleStatus.ARCHIVED, LATER);
    long set = stores().rules().ruleSetVersion();

    assertThat(store().add(nextId(), codes("A"), null, LATER, null))
        .isEqualTo(AddResult.RULE_NOT_FOUND);
    assertThat(store().add(open, codes("A"), null, LATER, null))
        .isEqualTo(AddResult.RULE_ACTIVE_WITHOUT_CODE);
    assertThat(store().add(archived, codes("A"), null, LATER, null))
        .isEqualTo(AddResult.RULE_ARCHIVED);

    assertThat(store().find(new Code("A"))).isEmpty();
    assertThat(stores().rules().ruleSetVersion()).isEqualTo(set);
    SampleRules.changeStatus(stores().rules(), open, RuleStatus.PAUSED, LATER);
    assertThat(store().add(open, codes("A"), null, LATER, null)).isEqualTo(AddResult.DONE);
  }

  @Test
  void adds_codes_atomically() {
    StoredRule rule = draft();
    StoredRule other = draft();
    store().add(rule.id(), codes("TAKEN"), null, START, null);
    long set = stores().rules().ruleSetVersion();

    assertThat(store().add(other.id(), codes("A", "taken", "B"), null, LATER, null))
        .isEqualTo(AddResult.CODE_TAKEN);
    assertThat(store().add(rule.id(), codes("A", "TAKEN"), null, LATER, null))
        .isEqualTo(AddResult.CODE_TAKEN);
    assertThat(store().add(other.id(), codes("A", "a"), null, LATER, null))
        .isEqualTo(AddResult.CODE_TAKEN);

    assertThat(store().list(null, null, 10)).extracting(StoredCode::code).isEqualTo(codes("TAKEN"));
    assertThat(stores().rules().find(other.id())).contains(other);
    assertThat(stores().rules().ruleSetVersion()).isEqualTo(set);
  }

  @Test
  void lists_by_code_points_of_the_keys() {
    StoredRule one = draft();
    StoredRule other = draft();
    store().add(one.id(), codes("B-1", "Ä", "\uD83C\uDF81", "a b"), null, START, null);
    store().add(other.id(), codes("b", "\uFF21", "A-1", "ab"), null, START, null);

    assertThat(store().list(null, null, 100))
        .extracting(StoredCode::code)
        .isEqualTo(codes("a b", "A-1", "ab", "b", "B-1", "Ä", "\uFF21", "\uD83C\uDF81"));
    assertThat(store().list("ab", null, 2))
        .extracting(StoredCode::code)
        .isEqualTo(codes("b", "B-1"));
    assertThat(store().list(null, one.id(), 100))
        .extracting(StoredCode::code)
        .isEqualTo(codes("a b", "B-1", "Ä", "\uD83C\uDF81"));
    assertThat(store().list("b-1", one.id(), 1)).extracting(StoredCode::code).isEqualTo(codes("Ä"));
  }

  @Test
  void adds_a_hundred_thousand_codes_at_once() {
    StoredRule rule = draft();
    List<Code> codes =
        IntStream.range(0, MAX_BATCH_SIZE).mapToObj(i -> new Code("MANY-" + i)).toList();

    assertThat(store().add(rule.id(), codes, 1L, START, null)).isEqualTo(AddResult.DONE);

    assertThat(store().find(List.of(codes.getFirst(), codes.getLast()))).hasSize(2);
    List<Code> others = IntStream.range(0, 9_999).mapToObj(i -> new Code("MORE-" + i)).toList();
    List<Code> withTakenCode = new ArrayList<>(others);
    withTakenCode.add(codes.get(7));
    assertThat(store().add(rule.id(), withTakenCode, 1L, START, null))
        .isEqualTo(AddResult.CODE_TAKEN);
    assertThat(store().find(others.getFirst())).isEmpty();
  }

  @Test
  void one_of_concurrent_additions_of_a_code_succeeds() throws Exception {
    StoredRule rule = draft();

    List<AddResult> results =
        ConcurrentRuns.run(
            4, 16, i -> store().add(rule.id(), codes("OWN-" + i, "SHARED"), null, START, null));

    assertThat(results).filteredOn(AddResult.DONE::equals).hasSize(1);
    assertThat(results)
        .filteredOn(result -> result != AddResult.DONE)
        .containsOnly(AddResult.CODE_TAKEN);
    assertThat(store().list(null, null, 100)).hasSize(2);
  }

  @Test
  void active_rule_without_code_is_never_bound_to_codes_concurrently() throws Exception {
    for (int round = 0; round < 6; round++) {
      RuleId rule = draft().id();
      List<Code> code = codes("ROUND-" + round);

      List<Boolean> done =
          ConcurrentRuns.run(
              2,
              2,
              i ->
                  i == 0
                      ? store().add(rule, code, null, START, null) == AddResult.DONE
                      : SampleRules.changeStatus(stores().rules(), rule, RuleStatus.ACTIVE, LATER)
                          != null);

      StoredRule now = stores().rules().find(rule).orElseThrow();
      assertThat(done).contains(true);
      assertThat(now.status()).isEqualTo(RuleStatus.ACTIVE);
      assertThat(now.needsCode()).isEqualTo(store().find(code.getFirst()).isPresent());
    }
  }

  @Test
  void counts_the_orders_that_use_a_code() {
    StoredRule rule = insertActive(stores().rules(), percentOff("10", "code", "Sümmer"));
    NewOrder first = SampleOrders.under(TestRuleSets.activeRules(stores()), "c-1", "sümmer");
    SampleOrders.insert(stores().orders(), first);
    SampleOrders.insert(
        stores().orders(), SampleOrders.under(TestRuleSets.activeRules(stores()), null, "SÜMMER"));
    SampleOrders.insert(
        stores().orders(), SampleOrders.under(TestRuleSets.activeRules(stores()), null));

    assertThat(store().countRedemptions(new Code("Sümmer"))).isEqualTo(2);
    SampleOrderChanges.cancel(stores().orders(), first.id(), LATER);
    assertThat(store().countRedemptions(new Code("sümmer"))).isEqualTo(1);
    assertThat(store().countRedemptions(new Code("nope"))).isZero();
    assertThat(rule.needsCode()).isTrue();
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().find(new Code("A")),
        () -> store().countRedemptions(new Code("A")),
        () -> store().list(null, null, 1),
        () -> store().add(SeedRule.ID, codes("A"), null, START, null));
  }

  private StoredRule draft() {
    return requireDone(
        stores().rules().create(nextId(), RuleStatus.DRAFT, content(percentOff("10")), null));
  }

  private static List<Code> codes(String... codes) {
    return Arrays.stream(codes).map(Code::new).toList();
  }
}
