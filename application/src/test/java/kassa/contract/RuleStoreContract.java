package kassa.contract;

import static kassa.contract.SampleRules.START;
import static kassa.contract.SampleRules.activeIn;
import static kassa.contract.SampleRules.definition;
import static kassa.contract.SampleRules.done;
import static kassa.contract.SampleRules.fields;
import static kassa.contract.SampleRules.nextId;
import static kassa.contract.SampleRules.percentOff;
import static kassa.contract.SampleRules.writing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.out.RuleStore;
import kassa.application.port.out.RuleStore.ActiveRules;
import kassa.application.port.out.RuleStore.Change;
import kassa.domain.notation.Notation.Fields;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptCode;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RuleStore} has to pass. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RuleStoreContract {

  private static final Instant LATER = START.plusSeconds(3600);

  /** The stores under test. */
  protected abstract TestStores stores();

  private RuleStore store() {
    return stores().rules();
  }

  @Test
  void holds_the_rule_that_ships() {
    assertThat(store().find(ShippedRule.ID)).contains(ShippedRule.kept());
    assertThat(store().active().rules()).containsExactly(ShippedRule.kept());
    assertThat(store().list(null, null, 10)).containsExactly(ShippedRule.kept());
    assertThat(store().versions(ShippedRule.ID))
        .containsExactly(
            new RuleVersion(ShippedRule.ID, 1, ShippedRule.NOTATION, ShippedRule.CREATED_AT));
    assertThat(store().setVersion()).isPositive();
  }

  @Test
  void finds_a_rule_as_it_was_created() {
    for (Fields notation : List.of(percentOff("10"), rich(), named("Frühling"))) {
      RuleId id = nextId();

      Change change = store().create(id, RuleStatus.DRAFT, writing(notation));

      KeptRule expected =
          new KeptRule(
              id,
              1,
              1,
              RuleStatus.DRAFT,
              definition(notation).code() != null,
              notation,
              definition(notation),
              START,
              START);
      assertThat(change).isEqualTo(new Change.Done(expected));
      assertThat(store().find(id)).contains(expected);
      assertThat(store().versions(id)).containsExactly(new RuleVersion(id, 1, notation, START));
    }
  }

  @Test
  void answers_that_a_rule_is_absent_when_it_is() {
    RuleId absent = nextId();

    assertThat(store().find(absent)).isEmpty();
    assertThat(store().versions(absent)).isEmpty();
    assertThat(store().replace(absent, 1, writing(percentOff("1")))).isEqualTo(new Change.Absent());
    assertThat(store().move(absent, null, RuleStatus.ACTIVE, LATER)).isEqualTo(new Change.Absent());
  }

  @Test
  void refuses_an_id_that_is_taken() {
    KeptRule rule = activeIn(store(), percentOff("1"));

    assertThatIllegalStateException()
        .isThrownBy(() -> store().create(rule.id(), RuleStatus.DRAFT, writing(percentOff("2"))));

    assertThat(store().find(rule.id())).contains(rule);
  }

  @Test
  void replaces_a_definition_by_the_next_version_and_keeps_the_others() {
    KeptRule first = activeIn(store(), rich());
    Fields second = percentOff("20", "exclusive", true);

    KeptRule replaced = done(store().replace(first.id(), 1, writing(second, LATER)));

    assertThat(replaced)
        .isEqualTo(
            new KeptRule(
                first.id(),
                2,
                2,
                RuleStatus.ACTIVE,
                false,
                second,
                definition(second),
                START,
                LATER));
    assertThat(store().find(first.id())).contains(replaced);
    assertThat(store().versions(first.id()))
        .containsExactly(
            new RuleVersion(first.id(), 2, second, LATER),
            new RuleVersion(first.id(), 1, rich(), START));
  }

  @Test
  void replaces_nothing_but_the_revision_that_was_seen() {
    KeptRule rule = activeIn(store(), percentOff("1"));
    store().move(rule.id(), 1, RuleStatus.PAUSED, LATER);
    KeptRule paused = store().find(rule.id()).orElseThrow();

    assertThat(store().replace(rule.id(), 1, writing(percentOff("2"))))
        .isEqualTo(new Change.Stale(2));
    assertThat(store().replace(rule.id(), 3, writing(percentOff("2"))))
        .isEqualTo(new Change.Stale(2));
    assertThat(store().move(rule.id(), 1, RuleStatus.ACTIVE, LATER)).isEqualTo(new Change.Stale(2));

    assertThat(store().find(rule.id())).contains(paused);
  }

  @Test
  void leads_a_rule_through_its_life() {
    RuleId id = nextId();
    store().create(id, RuleStatus.DRAFT, writing(percentOff("1")));

    for (RuleStatus status :
        List.of(RuleStatus.ACTIVE, RuleStatus.PAUSED, RuleStatus.ACTIVE, RuleStatus.ARCHIVED)) {
      KeptRule before = store().find(id).orElseThrow();
      KeptRule moved = done(store().move(id, before.revision(), status, LATER));

      assertThat(moved.status()).isEqualTo(status);
      assertThat(moved.revision()).isEqualTo(before.revision() + 1);
      assertThat(moved.version()).isEqualTo(1);
      assertThat(moved.updatedAt()).isEqualTo(LATER);
      assertThat(store().find(id)).contains(moved);
    }
    assertThat(store().move(id, null, RuleStatus.ACTIVE, LATER))
        .isEqualTo(new Change.NotAllowed(RuleStatus.ARCHIVED));
    assertThat(store().replace(id, 5, writing(percentOff("2"))))
        .isEqualTo(new Change.NotAllowed(RuleStatus.ARCHIVED));
  }

  @Test
  void the_same_status_is_no_change() {
    KeptRule rule = activeIn(store(), percentOff("1"));
    long set = store().setVersion();

    assertThat(store().move(rule.id(), null, RuleStatus.ACTIVE, LATER))
        .isEqualTo(new Change.Done(rule));

    assertThat(store().find(rule.id())).contains(rule);
    assertThat(store().setVersion()).isEqualTo(set);
  }

  @Test
  void only_active_rules_are_in_force_in_the_order_of_their_creation() {
    KeptRule first = activeIn(store(), percentOff("1"));
    KeptRule draft = done(store().create(nextId(), RuleStatus.DRAFT, writing(percentOff("2"))));
    KeptRule third = activeIn(store(), percentOff("3", "priority", 9));
    KeptRule paused = activeIn(store(), percentOff("4"));
    store().move(paused.id(), null, RuleStatus.PAUSED, LATER);

    assertThat(store().active())
        .isEqualTo(
            new ActiveRules(store().setVersion(), List.of(ShippedRule.kept(), first, third)));
    store().move(draft.id(), null, RuleStatus.ACTIVE, LATER);
    assertThat(store().active().rules())
        .extracting(KeptRule::id)
        .containsExactly(ShippedRule.ID, first.id(), draft.id(), third.id());
  }

  @Test
  void has_a_set_without_rules_when_none_is_in_force() {
    store().move(ShippedRule.ID, null, RuleStatus.PAUSED, LATER);

    assertThat(store().active()).isEqualTo(new ActiveRules(store().setVersion(), List.of()));
  }

  @Test
  void every_change_and_no_refusal_raises_the_number_of_the_set() {
    long set = store().setVersion();
    RuleId id = nextId();

    store().create(id, RuleStatus.DRAFT, writing(named("ONE")));
    assertThat(store().setVersion()).isEqualTo(set + 1);
    store().replace(id, 1, writing(named("TWO")));
    assertThat(store().setVersion()).isEqualTo(set + 2);
    store().move(id, null, RuleStatus.ACTIVE, LATER);
    assertThat(store().setVersion()).isEqualTo(set + 3);

    store().create(nextId(), RuleStatus.DRAFT, writing(named("two")));
    store().replace(id, 1, writing(percentOff("1")));
    store().move(id, 1, RuleStatus.PAUSED, LATER);
    store().move(id, null, RuleStatus.DRAFT, LATER);
    assertThat(store().setVersion()).isEqualTo(set + 3);
  }

  @Test
  void lists_by_creation_from_a_rule_on_and_of_one_status() {
    List<RuleId> ids = new ArrayList<>(List.of(ShippedRule.ID));
    for (int i = 1; i <= 5; i++) {
      RuleStatus status = i % 2 == 0 ? RuleStatus.DRAFT : RuleStatus.ACTIVE;
      ids.add(done(store().create(nextId(), status, writing(percentOff("" + i)))).id());
    }

    assertThat(store().list(null, null, 100)).extracting(KeptRule::id).isEqualTo(ids);
    assertThat(store().list(null, null, 2)).extracting(KeptRule::id).isEqualTo(ids.subList(0, 2));
    assertThat(store().list(ids.get(1), null, 3))
        .extracting(KeptRule::id)
        .isEqualTo(ids.subList(2, 5));
    assertThat(store().list(null, RuleStatus.DRAFT, 100))
        .extracting(KeptRule::id)
        .containsExactly(ids.get(2), ids.get(4));
    assertThat(store().list(ids.get(2), RuleStatus.ACTIVE, 1))
        .extracting(KeptRule::id)
        .containsExactly(ids.get(3));
    assertThat(store().list(ids.get(5), null, 10)).isEmpty();
  }

  @Test
  void keeps_a_code_with_the_rule_that_names_it() {
    KeptRule rule = activeIn(store(), named("Sümmer"));

    assertThat(rule.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("SÜMMER")))
        .contains(new KeptCode(new Code("Sümmer"), rule.id(), null, START));
    assertThat(store().create(nextId(), RuleStatus.DRAFT, writing(named(" sümmer "))))
        .isEqualTo(new Change.CodeTaken());
    assertThat(store().list(null, null, 10)).containsExactly(ShippedRule.kept(), rule);
  }

  @Test
  void forgets_the_code_that_a_rule_does_not_name_any_more() {
    KeptRule rule = activeIn(store(), named("OLD"));
    KeptRule other = activeIn(store(), named("OTHER"));

    KeptRule renamed = done(store().replace(rule.id(), 1, writing(named("NEW"), LATER)));
    assertThat(renamed.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("OLD"))).isEmpty();
    assertThat(stores().codes().find(new Code("NEW")))
        .contains(new KeptCode(new Code("NEW"), rule.id(), null, LATER));

    assertThat(store().replace(rule.id(), 2, writing(named("other"), LATER)))
        .isEqualTo(new Change.CodeTaken());
    assertThat(store().find(rule.id())).contains(renamed);
    assertThat(stores().codes().find(new Code("NEW"))).isPresent();

    assertThat(done(store().replace(other.id(), 1, writing(named("OLD")))).needsCode()).isTrue();
    KeptRule free = done(store().replace(rule.id(), 2, writing(percentOff("5"))));
    assertThat(free.needsCode()).isFalse();
    assertThat(stores().codes().find(new Code("NEW"))).isEmpty();
  }

  @Test
  void keeps_a_code_that_was_issued_when_the_rule_that_named_it_too_does_so_no_more() {
    KeptRule rule = done(store().create(nextId(), RuleStatus.DRAFT, writing(percentOff("10"))));
    stores().codes().add(rule.id(), List.of(new Code("ISSUED")), 7L, START);

    done(store().replace(rule.id(), 1, writing(named("Issued"), LATER)));
    KeptRule unnamed = done(store().replace(rule.id(), 2, writing(percentOff("5"), LATER)));

    assertThat(unnamed.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("ISSUED")))
        .contains(new KeptCode(new Code("Issued"), rule.id(), 7L, START));
  }

  @Test
  void a_rule_with_codes_of_its_own_needs_one_whatever_it_names() {
    KeptRule rule = done(store().create(nextId(), RuleStatus.DRAFT, writing(named("NAMED"))));
    stores().codes().add(rule.id(), List.of(new Code("ISSUED")), 5L, START);

    KeptRule replaced = done(store().replace(rule.id(), 1, writing(percentOff("5"))));

    assertThat(replaced.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("NAMED"))).isEmpty();
    assertThat(stores().codes().find(new Code("ISSUED"))).isPresent();
    KeptRule named = done(store().replace(rule.id(), 2, writing(named("issued"))));
    assertThat(named.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("ISSUED")))
        .hasValueSatisfying(code -> assertThat(code.limit()).isEqualTo(5));
  }

  @Test
  void of_those_who_change_a_revision_at_once_one_does() throws Exception {
    KeptRule rule = activeIn(store(), percentOff("1"));
    long set = store().setVersion();

    List<Change> changes =
        Together.run(
            4,
            16,
            i ->
                i % 2 == 0
                    ? store().replace(rule.id(), 1, writing(named("C" + i)))
                    : store().move(rule.id(), 1, RuleStatus.PAUSED, LATER));

    assertThat(changes).filteredOn(Change.Done.class::isInstance).hasSize(1);
    assertThat(changes)
        .filteredOn(change -> !(change instanceof Change.Done))
        .containsOnly(new Change.Stale(2));
    assertThat(store().setVersion()).isEqualTo(set + 1);
    assertThat(stores().codes().list(null, rule.id(), 10)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void of_those_who_name_a_code_at_once_one_does() throws Exception {
    List<Change> changes =
        Together.run(
            4, 16, i -> store().create(nextId(), RuleStatus.ACTIVE, writing(named("ONCE"))));

    assertThat(changes).filteredOn(Change.Done.class::isInstance).hasSize(1);
    assertThat(changes)
        .filteredOn(change -> !(change instanceof Change.Done))
        .containsOnly(new Change.CodeTaken());
    assertThat(store().list(null, null, 100)).hasSize(2);
  }

  @Test
  void rules_and_the_number_of_their_set_are_of_one_moment() throws Exception {
    KeptRule rule = activeIn(store(), percentOff("0"));
    long offset = store().setVersion() - rule.version();

    List<Boolean> consistent =
        Together.run(
            3,
            60,
            i -> {
              if (i % 3 == 0) {
                int seen = store().find(rule.id()).orElseThrow().revision();
                store().replace(rule.id(), seen, writing(percentOff("" + i)));
              }
              ActiveRules active = store().active();
              KeptRule now = active.rules().getLast();
              return active.setVersion() == offset + now.version();
            });

    assertThat(consistent).hasSize(60).containsOnly(true);
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    stores().away().run();

    Together.assertUnavailable(
        () -> store().setVersion(),
        () -> store().active(),
        () -> store().find(ShippedRule.ID),
        () -> store().list(null, null, 1),
        () -> store().versions(ShippedRule.ID),
        () -> store().create(nextId(), RuleStatus.DRAFT, writing(percentOff("1"))),
        () -> store().replace(ShippedRule.ID, 1, writing(percentOff("1"))),
        () -> store().move(ShippedRule.ID, 1, RuleStatus.PAUSED, LATER));
  }

  private static Fields named(String code) {
    return percentOff("10", "code", code);
  }

  private static Fields rich() {
    return percentOff(
        "12.5",
        "label",
        "Käse, \"jung\"; 二行目 \uD83C\uDF81",
        "priority",
        -3,
        "window",
        fields("from", "2026-06-15T12:00:00Z"),
        "limits",
        fields("total", 100, "budget", fields("type", "spend", "limit", "10.50")),
        "when",
        fields(
            "metadata",
            fields("0", "x", "a/b~c", ""),
            "any",
            List.of(fields("minQuantity", new BigDecimal("10.0")), fields())),
        "exclusive",
        false,
        "combinable",
        true);
  }
}
