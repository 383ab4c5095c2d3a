package kassa.adapters.http.order.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.application.idempotency.Execution;
import kassa.domain.identity.Caller;
import kassa.domain.money.AcceptedCurrencies;
import org.junit.jupiter.api.Test;

class BatchItemsTest {

  /** Other orders of the batch may be placed already: it must not be refused for lack of memory. */
  @Test
  void replayed_order_takes_no_memory_of_the_budget() throws Exception {
    JsonCodec json = new JsonCodec();
    BatchItems items =
        new BatchItems(new Caller.LocalOperator(), AcceptedCurrencies.all(), json, "request-1");
    String order = new String(json.write(Collections.nCopies(9_000, List.of("line"))), UTF_8);
    var parsed = new BatchItems.ParsedItem(3, "k", json.read("{}".getBytes(UTF_8)), null, null);

    new MemoryBudget(100_000)
        .run(() ->
            assertThat(
                    json.write(
                        items.toItem(parsed, new Execution.StoredResponse<>("201\n\n\n" + order))))
                .asString(UTF_8)
                .isEqualTo(
                    "{\"index\":3,\"key\":\"k\",\"status\":201,\"replayed\":true,\"order\":"
                        + order
                        + "}"));
  }
}
