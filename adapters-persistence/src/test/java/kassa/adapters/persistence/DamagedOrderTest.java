package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import kassa.contract.SampleOrders;
import kassa.domain.order.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedOrderTest {

  @TempDir private static Path folder;
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabases.openNew(Dialect.H2, folder);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update orders set total = total + 1                | total is 40000000179922 and should be 40000000179.921 BHD
          update orders set subtotal = subtotal - 1          | subtotal is
          update orders set discount_total = 0               | discount_total is 0 and should be
          update orders set refunded_total = total + 1       | refundedTotal must be
          update orders set currency = 'USD'                 | its currency had 3 decimal places
          update orders set currency = 'XXX'                 | currency must be an ISO 4217 code
          update orders set currency_digits = 2              | its currency had 2 decimal places
          update orders set status = 'lost'                  | No enum constant
          update orders set version = 0                      | version must be 1 or more
          update orders set customer_id = ' '                | customerId must not
          update order_lines set sku = ''                    | sku must not be empty
          update order_lines set quantity = 11               | subtotal of line 0 is
          update order_lines set unit_price = unit_price * 2 | subtotal of line 0 is
          update order_lines set subtotal = subtotal + 1     | subtotal of line 0 is
          update order_lines set discount_total = 7          | discount_total of line 0 is 7
          update order_lines set total = total + 1           | total of line 0 is
          update order_lines set position = position + 1     | line 0 is missing
          delete from order_lines                            | lines must hold at least one line
          delete from order_discounts                        | discount_total of line 1 is
          update order_discounts set amount = amount + 1     | discount_total of line 1 is
          update order_discounts set amount = 0              | a discount must be above zero
          """)
  void is_never_answered_as_sound(String damage, String reason) {
    JdbiOrderStore store = new JdbiOrderStore(database);
    Order order = SampleOrders.accept(store, SampleOrders.rich());
    String key = damage.contains(" orders ") ? "id" : "order_id";
    String sql = damage + " where " + key + " = '" + order.id().value() + "'";
    assertThat(TestDatabases.execute(database, sql)).isPositive();

    assertThatIllegalStateException()
        .isThrownBy(() -> store.find(order.id()))
        .withMessage("order " + order.id() + " is damaged in the database")
        .havingCause()
        .withMessageContaining(reason);
    assertThatIllegalStateException().isThrownBy(() -> store.find(order.number()));
    assertThatIllegalStateException().isThrownBy(() -> store.newestFirst(null, 1000));
  }
}
