package kassa.adapters.persistence.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.TestStores;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.Stores;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.domain.catalogue.Product;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleStatus;
import kassa.domain.rule.StoredRule;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change is rolled back if its idempotency record cannot be stored. */
class IdempotencyRollbackTest {

  private static final Instant AT = SampleOrders.START.plusSeconds(3600);
  private static final IdempotencyRecord RECORD =
      new IdempotencyRecord(
          new IdempotentRequest(new IdempotencyKey(IdempotencyKey.ANONYMOUS_CALLER, "k"), "x"),
          AT,
          new IdempotencyRecord.Result.Response("done"));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void rolls_back_the_change_if_the_response_cannot_be_stored(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      Stores stores = TestStores.of(database);
      Order order = SampleOrders.insert(stores.orders(), SampleOrders.placedAfterSeconds(0));
      StoredRule rule =
          SampleRules.requireDone(
              stores
                  .rules()
                  .rules()
                  .create(
                      SampleRules.nextId(),
                      RuleStatus.DRAFT,
                      SampleRules.content(SampleRules.percentOff("10")),
                      null));
      long setVersion = stores.rules().rules().ruleSetVersion();
      List<StoredRule> rules = stores.rules().rules().list(null, null, 100);
      TestDatabases.executeSql(
          database, "alter table idempotency_records rename to renamed_records");

      assertFails(() ->
          stores
              .orders()
              .change(order.transition(OrderTransition.PAY, null, AT, null).orElseThrow(), RECORD));
      assertFails(
          () -> stores.rules().codes().add(rule.id(), List.of(new Code("A")), null, AT, RECORD));
      assertFails(
          () -> stores.rules().rules().changeStatus(rule.id(), 1, RuleStatus.ACTIVE, AT, RECORD));
      assertFails(() ->
          stores
              .rules()
              .rules()
              .create(
                  SampleRules.nextId(),
                  RuleStatus.DRAFT,
                  SampleRules.content(SampleRules.percentOff("20")),
                  RECORD));
      assertFails(
          () -> stores.products().create(Product.create(SampleProducts.plain("MUG"), AT), RECORD));

      assertThat(stores.orders().find(order.id())).contains(order);
      assertThat(stores.orders().history(order.id()).orElseThrow()).hasSize(1);
      assertThat(stores.rules().codes().list(null, null, 10)).isEmpty();
      assertThat(stores.rules().rules().list(null, null, 100)).isEqualTo(rules);
      assertThat(stores.rules().rules().ruleSetVersion()).isEqualTo(setVersion);
      assertThat(stores.products().listBySku(null, 10)).isEmpty();
    }
  }

  private static void assertFails(ThrowingCallable change) {
    assertThatIllegalStateException().isThrownBy(change);
  }
}
