package kassa.adapters.persistence.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          update orders set currency = 'USD'                 | the currency had 3 decimal places
          update orders set currency = 'XXX'                 | currency must be an ISO 4217 code
          update orders set currency_digits = 2              | the currency had 2 decimal places
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
  void reading_a_damaged_order_throws(String damage, String reason) {
    assertDamaged(SampleOrders.rich(), damage, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          update orders set tax_total = tax_total + 1                 | tax_total is
          update orders set prices_include_tax = false                | total of line 0 is
          update orders set shipping_amount = shipping_amount + 1     | shipping_total is
          update orders set shipping_amount = null                    | shipping_amount is missing
          update orders set shipping_total = null                     | shipping_total is 0
          update orders set shipping_method = ' '                     | method must not
          update order_lines set tax_total = tax_total + 1            | tax_total is
          update order_lines set tax_rate = 101                       | taxRate must be from 0 to 100
          update order_lines set min_unit_price = unit_price + 1      | minUnitPrice must be at most
          update order_lines set list_price = -1                      | unitPrice must be from 0
          update order_lines set unit_ranges = '1000:1'               | units must be of the form
          update order_lines set unit_ranges = 'a:b:c'                | For input string
          update order_lines set unit_ranges = '1000:1:0'             | units must sum to the line
          update order_lines set tags = array[' ']                    | tag must not
          update order_discounts set rule_version = 0                 | ruleVersion must be 1 or more
          delete from order_discounts where line_position = -1        | shipping_total is
          update orders set shipping_amount = null, shipping_total = null | shipping_amount is missing
          update orders set metadata_values = null                    | metadata_keys and metadata_values differ
          update orders set rejection_reasons = array['unknown']     | No enum constant
          """)
  void reading_a_damaged_order_with_all_fields_throws(String damage, String reason) {
    assertDamaged(SampleOrders.withAllFields(), damage, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'lost'",
        "replace(trace, 'applied', 'lost')",
        "replace(trace, 'skipped', 'applied')",
        "replace(trace, '\\N', '\\x')",
        "replace(trace, '\\N', '1' || chr(9) || '2')",
        "'x' || trace"
      })
  void reading_a_damaged_pricing_trace_throws(String damage) {
    JdbiOrderStore store = new JdbiOrderStore(database);
    Order order = SampleOrders.insert(store, SampleOrders.withAllFields());
    String sql =
        "update pricing_traces set trace = %s where order_id = '%s' and trace <> %1$s"
            .formatted(damage, order.id().value());
    assertThat(TestDatabases.executeSql(database, sql)).isPositive();

    assertThatIllegalStateException()
        .isThrownBy(() -> store.trace(order.id()))
        .withMessage("the pricing trace of order " + order.id() + " is damaged in the database");
  }

  private static void assertDamaged(NewOrder sample, String damage, String reason) {
    JdbiOrderStore store = new JdbiOrderStore(database);
    Order order = SampleOrders.insert(store, sample);
    String key = damage.contains(" orders ") ? "id" : "order_id";
    String where = damage.contains(" where ") ? " and " : " where ";
    String sql = damage + where + key + " = '" + order.id().value() + "'";
    assertThat(TestDatabases.executeSql(database, sql)).isPositive();

    assertThatIllegalStateException()
        .isThrownBy(() -> store.find(order.id()))
        .withMessage("order " + order.id() + " is damaged in the database")
        .havingCause()
        .withMessageContaining(reason);
    assertThatIllegalStateException().isThrownBy(() -> store.find(order.number()));
    assertThatIllegalStateException().isThrownBy(() -> store.listNewestFirst(null, 1000));
  }
}
