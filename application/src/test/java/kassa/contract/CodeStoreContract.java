package kassa.contract;

import static kassa.contract.SampleRules.START;
import static kassa.contract.SampleRules.activeIn;
import static kassa.contract.SampleRules.done;
import static kassa.contract.SampleRules.nextId;
import static kassa.contract.SampleRules.percentOff;
import static kassa.contract.SampleRules.writing;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kassa.application.port.out.CodeStore;
import kassa.application.port.out.CodeStore.Addition;
import kassa.domain.order.NewOrder;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link CodeStore} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CodeStoreContract {

  private static final Instant LATER = START.plusSeconds(3600);
  private static final int MOST = 100_000;

  /** The stores under test. */
  protected abstract TestStores stores();

  private CodeStore store() {
    return stores().codes();
  }

  @Test
  void finds_codes_by_any_of_their_spellings_as_they_were_added() {
    KeptRule rule = draft();
    assertThat(store().add(rule.id(), codes("Straße-1", "käse"), 3L, LATER))
        .isEqualTo(Addition.DONE);
    assertThat(store().add(rule.id(), codes("MUG"), null, START)).isEqualTo(Addition.DONE);

    KeptCode street = new KeptCode(new Code("Straße-1"), rule.id(), 3L, LATER);
    KeptCode mug = new KeptCode(new Code("MUG"), rule.id(), null, START);
    assertThat(store().find(codes("STRASSE-1", "mug", "nope", "MUG")))
        .isEqualTo(Map.of("strasse-1", street, "mug", mug));
    assertThat(store().find(new Code("Straße-1")).orElseThrow().code()).hasToString("Straße-1");
    assertThat(store().find(List.of())).isEmpty();
    assertThat(store().find(new Code("nope"))).isEmpty();
  }

  @Test
  void binds_the_rule_to_its_codes() {
    KeptRule rule = draft();
    long set = stores().rules().setVersion();

    store().add(rule.id(), codes("A"), null, LATER);

    KeptRule bound = stores().rules().find(rule.id()).orElseThrow();
    assertThat(bound)
        .isEqualTo(
            new KeptRule(
                rule.id(),
                1,
                1,
                RuleStatus.DRAFT,
                true,
                rule.notation(),
                rule.definition(),
                START,
                START));
    assertThat(stores().rules().setVersion()).isEqualTo(set + 1);
    stores().rules().move(rule.id(), 1, RuleStatus.ACTIVE, LATER);
    assertThat(store().add(rule.id(), codes("B"), null, LATER)).isEqualTo(Addition.DONE);
  }

  @Test
  void keeps_no_codes_of_a_rule_that_cannot_have_any() {
    RuleId open = activeIn(stores().rules(), percentOff("1")).id();
    RuleId archived = activeIn(stores().rules(), percentOff("2", "code", "GONE")).id();
    stores().rules().move(archived, null, RuleStatus.ARCHIVED, LATER);
    long set = stores().rules().setVersion();

    assertThat(store().add(nextId(), codes("A"), null, LATER)).isEqualTo(Addition.NO_SUCH_RULE);
    assertThat(store().add(open, codes("A"), null, LATER)).isEqualTo(Addition.RULE_OPEN_TO_ALL);
    assertThat(store().add(archived, codes("A"), null, LATER)).isEqualTo(Addition.RULE_ARCHIVED);

    assertThat(store().find(new Code("A"))).isEmpty();
    assertThat(stores().rules().setVersion()).isEqualTo(set);
    stores().rules().move(open, null, RuleStatus.PAUSED, LATER);
    assertThat(store().add(open, codes("A"), null, LATER)).isEqualTo(Addition.DONE);
  }

  @Test
  void keeps_all_codes_or_none() {
    KeptRule rule = draft();
    KeptRule other = draft();
    store().add(rule.id(), codes("TAKEN"), null, START);
    long set = stores().rules().setVersion();

    assertThat(store().add(other.id(), codes("A", "taken", "B"), null, LATER))
        .isEqualTo(Addition.CODE_TAKEN);
    assertThat(store().add(rule.id(), codes("A", "TAKEN"), null, LATER))
        .isEqualTo(Addition.CODE_TAKEN);
    assertThat(store().add(other.id(), codes("A", "a"), null, LATER))
        .isEqualTo(Addition.CODE_TAKEN);

    assertThat(store().list(null, null, 10)).extracting(KeptCode::code).isEqualTo(codes("TAKEN"));
    assertThat(stores().rules().find(other.id())).contains(other);
    assertThat(stores().rules().setVersion()).isEqualTo(set);
  }

  @Test
  void lists_by_the_code_points_of_their_keys() {
    KeptRule one = draft();
    KeptRule other = draft();
    store().add(one.id(), codes("B-1", "Ä", "\uD83C\uDF81", "a b"), null, START);
    store().add(other.id(), codes("b", "\uFF21", "A-1", "ab"), null, START);

    assertThat(store().list(null, null, 100))
        .extracting(KeptCode::code)
        .isEqualTo(codes("a b", "A-1", "ab", "b", "B-1", "Ä", "\uFF21", "\uD83C\uDF81"));
    assertThat(store().list("ab", null, 2)).extracting(KeptCode::code).isEqualTo(codes("b", "B-1"));
    assertThat(store().list(null, one.id(), 100))
        .extracting(KeptCode::code)
        .isEqualTo(codes("a b", "B-1", "Ä", "\uD83C\uDF81"));
    assertThat(store().list("b-1", one.id(), 1)).extracting(KeptCode::code).isEqualTo(codes("Ä"));
  }

  @Test
  void adds_a_hundred_thousand_codes_at_once() {
    KeptRule rule = draft();
    List<Code> codes = IntStream.range(0, MOST).mapToObj(i -> new Code("MANY-" + i)).toList();

    assertThat(store().add(rule.id(), codes, 1L, START)).isEqualTo(Addition.DONE);

    assertThat(store().find(List.of(codes.getFirst(), codes.getLast()))).hasSize(2);
    List<Code> others = IntStream.range(0, 9_999).mapToObj(i -> new Code("MORE-" + i)).toList();
    List<Code> withOneThatIsTaken = new ArrayList<>(others);
    withOneThatIsTaken.add(codes.get(7));
    assertThat(store().add(rule.id(), withOneThatIsTaken, 1L, START))
        .isEqualTo(Addition.CODE_TAKEN);
    assertThat(store().find(others.getFirst())).isEmpty();
  }

  @Test
  void of_those_who_add_a_code_at_once_one_does() throws Exception {
    KeptRule rule = draft();

    List<Addition> additions =
        Together.run(4, 16, i -> store().add(rule.id(), codes("OWN-" + i, "SHARED"), null, START));

    assertThat(additions).filteredOn(Addition.DONE::equals).hasSize(1);
    assertThat(additions)
        .filteredOn(addition -> addition != Addition.DONE)
        .containsOnly(Addition.CODE_TAKEN);
    assertThat(store().list(null, null, 100)).hasSize(2);
  }

  @Test
  void a_rule_is_never_in_force_for_all_and_bound_to_codes() throws Exception {
    for (int round = 0; round < 6; round++) {
      RuleId rule = draft().id();
      List<Code> code = codes("ROUND-" + round);

      List<Boolean> done =
          Together.run(
              2,
              2,
              i ->
                  i == 0
                      ? store().add(rule, code, null, START) == Addition.DONE
                      : stores().rules().move(rule, null, RuleStatus.ACTIVE, LATER) != null);

      KeptRule now = stores().rules().find(rule).orElseThrow();
      assertThat(done).contains(true);
      assertThat(now.status()).isEqualTo(RuleStatus.ACTIVE);
      assertThat(now.needsCode()).isEqualTo(store().find(code.getFirst()).isPresent());
    }
  }

  @Test
  void counts_the_orders_that_use_a_code() {
    KeptRule rule = activeIn(stores().rules(), percentOff("10", "code", "Sümmer"));
    NewOrder first = SampleOrders.under(TestRules.in(stores()), "c-1", "sümmer");
    SampleOrders.accept(stores().orders(), first);
    SampleOrders.accept(
        stores().orders(), SampleOrders.under(TestRules.in(stores()), null, "SÜMMER"));
    SampleOrders.accept(stores().orders(), SampleOrders.under(TestRules.in(stores()), null));

    assertThat(store().redeemed(new Code("Sümmer"))).isEqualTo(2);
    SampleChanges.cancel(stores().orders(), first.id(), LATER);
    assertThat(store().redeemed(new Code("sümmer"))).isEqualTo(1);
    assertThat(store().redeemed(new Code("nope"))).isZero();
    assertThat(rule.needsCode()).isTrue();
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    stores().away().run();

    Together.assertUnavailable(
        () -> store().find(new Code("A")),
        () -> store().redeemed(new Code("A")),
        () -> store().list(null, null, 1),
        () -> store().add(ShippedRule.ID, codes("A"), null, START));
  }

  private KeptRule draft() {
    return done(stores().rules().create(nextId(), RuleStatus.DRAFT, writing(percentOff("10"))));
  }

  private static List<Code> codes(String... codes) {
    return Arrays.stream(codes).map(Code::new).toList();
  }
}
