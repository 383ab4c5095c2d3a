package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kassa.application.UseCases;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.contract.SampleRules;
import kassa.domain.catalogue.Product;
import kassa.domain.order.Order;
import kassa.domain.order.OrderMove;
import kassa.domain.rule.Code;
import kassa.domain.rule.KeptRule;
import kassa.domain.rule.RuleStatus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transaction of a call is aborted between what it does and its answer. */
class AnswerNotKeptTest {

  private static final Instant AT = SampleOrders.START.plusSeconds(3600);
  private static final KeptAnswer ANSWER =
      new KeptAnswer(
          new IdempotencyKey(IdempotencyKey.ANYBODY, "k"),
          "x",
          new Answer(200, null, null, "done"));

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_a_call_does_is_undone_when_its_answer_cannot_be_kept(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      UseCases.Stores stores = TestDatabases.stores(database);
      Order order = SampleOrders.accept(stores.orders(), SampleOrders.placedAfter(0));
      KeptRule rule =
          SampleRules.done(
              stores
                  .rules()
                  .create(
                      SampleRules.nextId(),
                      RuleStatus.DRAFT,
                      SampleRules.writing(SampleRules.percentOff("10"))));
      long setVersion = stores.rules().setVersion();
      List<KeptRule> rules = stores.rules().list(null, null, 100);
      TestDatabases.execute(database, "alter table kept_answers rename to gone_answers");
      KeyedCall<KeptRule> call =
          new KeyedCall<>(ANSWER.key(), ANSWER.request(), made -> ANSWER.answer());

      refused(() ->
          stores.orders().change(order.move(OrderMove.PAY, null, AT, null).orElseThrow(), ANSWER));
      refused(() -> stores.codes().add(rule.id(), List.of(new Code("A")), null, AT, ANSWER));
      refused(() -> stores.rules().move(rule.id(), 1, RuleStatus.ACTIVE, AT, call));
      refused(() ->
          stores
              .rules()
              .create(
                  SampleRules.nextId(),
                  RuleStatus.DRAFT,
                  SampleRules.writing(SampleRules.percentOff("20")),
                  call));
      refused(
          () -> stores.products().create(Product.created(SampleProducts.plain("MUG"), AT), ANSWER));

      assertThat(stores.orders().find(order.id())).contains(order);
      assertThat(stores.orders().history(order.id()).orElseThrow()).hasSize(1);
      assertThat(stores.codes().list(null, null, 10)).isEmpty();
      assertThat(stores.rules().list(null, null, 100)).isEqualTo(rules);
      assertThat(stores.rules().setVersion()).isEqualTo(setVersion);
      assertThat(stores.products().risingBySku(null, 10)).isEmpty();
    }
  }

  private static void refused(ThrowingCallable call) {
    assertThatIllegalStateException().isThrownBy(call);
  }
}
