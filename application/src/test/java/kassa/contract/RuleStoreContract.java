package kassa.contract;

import static kassa.contract.fixture.SampleRules.START;
import static kassa.contract.fixture.SampleRules.content;
import static kassa.contract.fixture.SampleRules.definition;
import static kassa.contract.fixture.SampleRules.fields;
import static kassa.contract.fixture.SampleRules.insertActive;
import static kassa.contract.fixture.SampleRules.nextId;
import static kassa.contract.fixture.SampleRules.percentOff;
import static kassa.contract.fixture.SampleRules.requireDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.out.rule.RuleStore;
import kassa.application.port.out.rule.RuleStore.ActiveRules;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.OrderAndRuleStores;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.domain.json.JsonValue.JsonObject;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleChange;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.RuleVersion;
import kassa.domain.rule.StoredCode;
import kassa.domain.rule.StoredRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link RuleStore}: tests that every implementation has to pass. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RuleStoreContract {

  private static final Instant LATER = START.plusSeconds(3600);

  /** The stores under test. */
  protected abstract OrderAndRuleStores stores();

  private RuleStore store() {
    return stores().rules();
  }

  @Test
  void contains_the_seed_rule() {
    assertThat(store().find(SeedRule.ID)).contains(SeedRule.stored());
    assertThat(store().readActiveRules().rules()).containsExactly(SeedRule.stored());
    assertThat(store().list(null, null, 10)).containsExactly(SeedRule.stored());
    assertThat(store().versions(SeedRule.ID))
        .containsExactly(new RuleVersion(SeedRule.ID, 1, SeedRule.JSON, SeedRule.CREATED_AT));
    assertThat(store().ruleSetVersion()).isPositive();
  }

  @Test
  void finds_a_rule_as_created() {
    for (JsonObject json : List.of(percentOff("10"), rich(), named("Frühling"))) {
      RuleId id = nextId();

      RuleChange change = store().create(id, RuleStatus.DRAFT, content(json), null);

      StoredRule expected =
          new StoredRule(
              id,
              1,
              1,
              RuleStatus.DRAFT,
              definition(json).code() != null,
              json,
              definition(json),
              START,
              START);
      assertThat(change).isEqualTo(new RuleChange.Done(expected));
      assertThat(store().find(id)).contains(expected);
      assertThat(store().versions(id)).containsExactly(new RuleVersion(id, 1, json, START));
    }
  }

  @Test
  void unknown_rule_is_not_found() {
    RuleId absent = nextId();

    assertThat(store().find(absent)).isEmpty();
    assertThat(store().versions(absent)).isEmpty();
    assertThat(store().replace(absent, 1, content(percentOff("1"))))
        .isEqualTo(new RuleChange.NotFound());
    assertThat(store().changeStatus(absent, 1, RuleStatus.ACTIVE, LATER, null))
        .isEqualTo(new RuleChange.NotFound());
  }

  @Test
  void rejects_a_duplicate_id() {
    StoredRule rule = insertActive(store(), percentOff("1"));

    assertThatIllegalStateException()
        .isThrownBy(
            () -> store().create(rule.id(), RuleStatus.DRAFT, content(percentOff("2")), null));

    assertThat(store().find(rule.id())).contains(rule);
  }

  @Test
  void replacing_a_definition_adds_a_version_and_keeps_the_others() {
    StoredRule first = insertActive(store(), rich());
    JsonObject second = percentOff("20", "exclusive", true);

    StoredRule replaced = requireDone(store().replace(first.id(), 1, content(second, LATER)));

    assertThat(replaced)
        .isEqualTo(
            new StoredRule(
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
  void rejects_a_replacement_of_another_revision() {
    StoredRule rule = insertActive(store(), percentOff("1"));
    store().changeStatus(rule.id(), 1, RuleStatus.PAUSED, LATER, null);
    StoredRule paused = store().find(rule.id()).orElseThrow();

    assertThat(store().replace(rule.id(), 1, content(percentOff("2"))))
        .isEqualTo(new RuleChange.VersionConflict(2));
    assertThat(store().replace(rule.id(), 3, content(percentOff("2"))))
        .isEqualTo(new RuleChange.VersionConflict(2));
    assertThat(store().changeStatus(rule.id(), 1, RuleStatus.ACTIVE, LATER, null))
        .isEqualTo(new RuleChange.VersionConflict(2));

    assertThat(store().find(rule.id())).contains(paused);
  }

  @Test
  void changes_the_status_of_a_rule_through_its_lifecycle() {
    RuleId id = nextId();
    store().create(id, RuleStatus.DRAFT, content(percentOff("1")), null);

    for (RuleStatus status :
        List.of(RuleStatus.ACTIVE, RuleStatus.PAUSED, RuleStatus.ACTIVE, RuleStatus.ARCHIVED)) {
      StoredRule before = store().find(id).orElseThrow();
      StoredRule changed =
          requireDone(store().changeStatus(id, before.revision(), status, LATER, null));

      assertThat(changed).isEqualTo(before.withStatus(status, LATER));
      assertThat(changed.revision()).isEqualTo(before.revision() + 1);
      assertThat(changed.updatedAt()).isEqualTo(LATER);
      assertThat(store().find(id)).contains(changed);
    }
    assertThat(store().changeStatus(id, 5, RuleStatus.ACTIVE, LATER, null))
        .isEqualTo(new RuleChange.StatusForbids(RuleStatus.ARCHIVED));
    assertThat(store().replace(id, 5, content(percentOff("2"))))
        .isEqualTo(new RuleChange.StatusForbids(RuleStatus.ARCHIVED));
  }

  @Test
  void the_same_status_is_no_change() {
    StoredRule rule = insertActive(store(), percentOff("1"));
    long set = store().ruleSetVersion();

    assertThat(store().changeStatus(rule.id(), 1, RuleStatus.ACTIVE, LATER, null))
        .isEqualTo(new RuleChange.Done(rule));

    assertThat(store().find(rule.id())).contains(rule);
    assertThat(store().ruleSetVersion()).isEqualTo(set);
  }

  @Test
  void returns_only_active_rules_in_order_of_creation() {
    StoredRule first = insertActive(store(), percentOff("1"));
    StoredRule draft =
        requireDone(store().create(nextId(), RuleStatus.DRAFT, content(percentOff("2")), null));
    StoredRule third = insertActive(store(), percentOff("3", "priority", 9));
    StoredRule paused = insertActive(store(), percentOff("4"));
    SampleRules.changeStatus(store(), paused.id(), RuleStatus.PAUSED, LATER);

    assertThat(store().readActiveRules())
        .isEqualTo(
            new ActiveRules(store().ruleSetVersion(), List.of(SeedRule.stored(), first, third)));
    SampleRules.changeStatus(store(), draft.id(), RuleStatus.ACTIVE, LATER);
    assertThat(store().readActiveRules().rules())
        .extracting(StoredRule::id)
        .containsExactly(SeedRule.ID, first.id(), draft.id(), third.id());
  }

  @Test
  void active_rule_set_may_be_empty() {
    SampleRules.changeStatus(store(), SeedRule.ID, RuleStatus.PAUSED, LATER);

    assertThat(store().readActiveRules())
        .isEqualTo(new ActiveRules(store().ruleSetVersion(), List.of()));
  }

  @Test
  void every_change_but_no_rejection_increments_the_set_version() {
    long set = store().ruleSetVersion();
    RuleId id = nextId();

    store().create(id, RuleStatus.DRAFT, content(named("ONE")), null);
    assertThat(store().ruleSetVersion()).isEqualTo(set + 1);
    store().replace(id, 1, content(named("TWO")));
    assertThat(store().ruleSetVersion()).isEqualTo(set + 2);
    SampleRules.changeStatus(store(), id, RuleStatus.ACTIVE, LATER);
    assertThat(store().ruleSetVersion()).isEqualTo(set + 3);

    store().create(nextId(), RuleStatus.DRAFT, content(named("two")), null);
    store().replace(id, 1, content(percentOff("1")));
    store().changeStatus(id, 1, RuleStatus.PAUSED, LATER, null);
    store().changeStatus(id, 3, RuleStatus.DRAFT, LATER, null);
    assertThat(store().ruleSetVersion()).isEqualTo(set + 3);
  }

  @Test
  void lists_by_creation_after_a_rule_and_by_status() {
    List<RuleId> ids = new ArrayList<>(List.of(SeedRule.ID));
    for (int i = 1; i <= 5; i++) {
      RuleStatus status = i % 2 == 0 ? RuleStatus.DRAFT : RuleStatus.ACTIVE;
      ids.add(
          requireDone(store().create(nextId(), status, content(percentOff("" + i)), null)).id());
    }

    assertThat(store().list(null, null, 100)).extracting(StoredRule::id).isEqualTo(ids);
    assertThat(store().list(null, null, 2)).extracting(StoredRule::id).isEqualTo(ids.subList(0, 2));
    assertThat(store().list(ids.get(1), null, 3))
        .extracting(StoredRule::id)
        .isEqualTo(ids.subList(2, 5));
    assertThat(store().list(null, RuleStatus.DRAFT, 100))
        .extracting(StoredRule::id)
        .containsExactly(ids.get(2), ids.get(4));
    assertThat(store().list(ids.get(2), RuleStatus.ACTIVE, 1))
        .extracting(StoredRule::id)
        .containsExactly(ids.get(3));
    assertThat(store().list(ids.get(5), null, 10)).isEmpty();
  }

  @Test
  void stores_the_code_that_a_rule_names() {
    StoredRule rule = insertActive(store(), named("Sümmer"));

    assertThat(rule.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("SÜMMER")))
        .contains(new StoredCode(new Code("Sümmer"), rule.id(), null, START));
    assertThat(store().create(nextId(), RuleStatus.DRAFT, content(named(" sümmer ")), null))
        .isEqualTo(new RuleChange.CodeTaken());
    assertThat(store().list(null, null, 10)).containsExactly(SeedRule.stored(), rule);
  }

  @Test
  void deletes_the_code_that_a_rule_no_longer_names() {
    StoredRule rule = insertActive(store(), named("OLD"));
    StoredRule other = insertActive(store(), named("OTHER"));

    StoredRule renamed = requireDone(store().replace(rule.id(), 1, content(named("NEW"), LATER)));
    assertThat(renamed.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("OLD"))).isEmpty();
    assertThat(stores().codes().find(new Code("NEW")))
        .contains(new StoredCode(new Code("NEW"), rule.id(), null, LATER));

    assertThat(store().replace(rule.id(), 2, content(named("other"), LATER)))
        .isEqualTo(new RuleChange.CodeTaken());
    assertThat(store().find(rule.id())).contains(renamed);
    assertThat(stores().codes().find(new Code("NEW"))).isPresent();

    assertThat(requireDone(store().replace(other.id(), 1, content(named("OLD")))).needsCode())
        .isTrue();
    StoredRule free = requireDone(store().replace(rule.id(), 2, content(percentOff("5"))));
    assertThat(free.needsCode()).isFalse();
    assertThat(stores().codes().find(new Code("NEW"))).isEmpty();
  }

  @Test
  void keeps_an_issued_code_when_its_rule_no_longer_names_it() {
    StoredRule rule =
        requireDone(store().create(nextId(), RuleStatus.DRAFT, content(percentOff("10")), null));
    stores().codes().add(rule.id(), List.of(new Code("ISSUED")), 7L, START, null);

    requireDone(store().replace(rule.id(), 1, content(named("Issued"), LATER)));
    StoredRule unnamed =
        requireDone(store().replace(rule.id(), 2, content(percentOff("5"), LATER)));

    assertThat(unnamed.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("ISSUED")))
        .contains(new StoredCode(new Code("Issued"), rule.id(), 7L, START));
  }

  @Test
  void rule_with_issued_codes_requires_a_code() {
    StoredRule rule =
        requireDone(store().create(nextId(), RuleStatus.DRAFT, content(named("NAMED")), null));
    stores().codes().add(rule.id(), List.of(new Code("ISSUED")), 5L, START, null);

    StoredRule replaced = requireDone(store().replace(rule.id(), 1, content(percentOff("5"))));

    assertThat(replaced.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("NAMED"))).isEmpty();
    assertThat(stores().codes().find(new Code("ISSUED"))).isPresent();
    StoredRule named = requireDone(store().replace(rule.id(), 2, content(named("issued"))));
    assertThat(named.needsCode()).isTrue();
    assertThat(stores().codes().find(new Code("ISSUED")))
        .hasValueSatisfying(code -> assertThat(code.limit()).isEqualTo(5));
  }

  @Test
  void one_of_concurrent_changes_of_a_revision_succeeds() throws Exception {
    StoredRule rule = insertActive(store(), percentOff("1"));
    long set = store().ruleSetVersion();

    List<RuleChange> changes =
        ConcurrentRuns.run(
            4,
            16,
            i ->
                i % 2 == 0
                    ? store().replace(rule.id(), 1, content(named("C" + i)))
                    : store().changeStatus(rule.id(), 1, RuleStatus.PAUSED, LATER, null));

    assertThat(changes).filteredOn(RuleChange.Done.class::isInstance).hasSize(1);
    assertThat(changes)
        .filteredOn(change -> !(change instanceof RuleChange.Done))
        .containsOnly(new RuleChange.VersionConflict(2));
    assertThat(store().ruleSetVersion()).isEqualTo(set + 1);
    assertThat(stores().codes().list(null, rule.id(), 10)).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void one_of_concurrent_rules_naming_the_same_code_succeeds() throws Exception {
    List<RuleChange> changes =
        ConcurrentRuns.run(
            4, 16, i -> store().create(nextId(), RuleStatus.ACTIVE, content(named("ONCE")), null));

    assertThat(changes).filteredOn(RuleChange.Done.class::isInstance).hasSize(1);
    assertThat(changes)
        .filteredOn(change -> !(change instanceof RuleChange.Done))
        .containsOnly(new RuleChange.CodeTaken());
    assertThat(store().list(null, null, 100)).hasSize(2);
  }

  @Test
  void rules_and_set_version_are_read_consistently() throws Exception {
    StoredRule rule = insertActive(store(), percentOff("0"));
    long offset = store().ruleSetVersion() - rule.version();

    List<Boolean> consistent =
        ConcurrentRuns.run(
            3,
            60,
            i -> {
              if (i % 3 == 0) {
                int seen = store().find(rule.id()).orElseThrow().revision();
                store().replace(rule.id(), seen, content(percentOff("" + i)));
              }
              ActiveRules active = store().readActiveRules();
              StoredRule now = active.rules().getLast();
              return active.ruleSetVersion() == offset + now.version();
            });

    assertThat(consistent).hasSize(60).containsOnly(true);
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(
        () -> store().ruleSetVersion(),
        () -> store().readActiveRules(),
        () -> store().find(SeedRule.ID),
        () -> store().list(null, null, 1),
        () -> store().versions(SeedRule.ID),
        () -> store().create(nextId(), RuleStatus.DRAFT, content(percentOff("1")), null),
        () -> store().replace(SeedRule.ID, 1, content(percentOff("1"))),
        () -> store().changeStatus(SeedRule.ID, 1, RuleStatus.PAUSED, LATER, null));
  }

  private static JsonObject named(String code) {
    return percentOff("10", "code", code);
  }

  private static JsonObject rich() {
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
