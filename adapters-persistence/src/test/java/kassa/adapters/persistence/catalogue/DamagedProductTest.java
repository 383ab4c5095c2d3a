package kassa.adapters.persistence.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleProducts;
import kassa.domain.catalogue.Product;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedProductTest {

  @TempDir private static Path folder;
  private static Database database;
  private static JdbiProductStore store;

  @BeforeAll
  static void open() {
    database = TestDatabases.openNew(Dialect.H2, folder);
    store = new JdbiProductStore(database);
  }

  @AfterEach
  void empty() {
    TestDatabases.executeSql(database, "delete from products");
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
          update products set name = ''                           | name must not be empty
          update products set currency = 'XXX'                    | currency must be an ISO 4217 code
          update products set unit_price = -1                     | unitPrice must be from 0
          update products set min_unit_price = unit_price + 1     | minUnitPrice must be at most
          update products set list_price = 9999999999999          | unitPrice must be from 0
          update products set tax_rate = 101                      | percent must be from 0 to 100
          update products set version = 0                         | version must be 1 or more
          update product_tags set tag = ' ' where tag = 'käse'    | tag must not start
          insert into product_tags select 'MUG', x from system_range(1, 47) | tags must hold at most 50
          """)
  void reading_a_damaged_product_throws(String damage, String reason) {
    Product product = SampleProducts.created(SampleProducts.rich("MUG"));
    store.create(product, null);
    assertThat(TestDatabases.executeSql(database, damage)).isPositive();

    assertThatIllegalStateException()
        .isThrownBy(() -> store.find(List.of(product.sku())))
        .withMessage("product MUG is damaged in the database")
        .havingCause()
        .withMessageContaining(reason);
    assertThatIllegalStateException().isThrownBy(() -> store.listBySku(null, 10));
  }

  @Test
  void deleting_a_product_deletes_its_tags() {
    Product product = SampleProducts.created(SampleProducts.rich("MUG"));
    store.create(product, null);
    assertThat(tags()).isEqualTo(4);

    store.delete(product, Instant.EPOCH);

    assertThat(tags()).isZero();
  }

  private static long tags() {
    return TestDatabases.queryNumber(database, "select count(*) from product_tags");
  }
}
