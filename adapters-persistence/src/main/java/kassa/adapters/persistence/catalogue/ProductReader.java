package kassa.adapters.persistence.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.Sku;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads any number of products with their tags, with one statement. */
public final class ProductReader {

  public static final String BY_SKUS = products("where sku = any(cast(:skus as varchar array))");

  public static final String PAGE = products("order by sku_utf8 fetch first :limit rows only");

  public static final String PAGE_AFTER =
      products("where sku_utf8 > :after order by sku_utf8 fetch first :limit rows only");

  private ProductReader() {}

  static Map<Sku, Product> find(Handle handle, Collection<Sku> skus) {
    Map<Sku, Product> found = new LinkedHashMap<>();
    Query query = handle.createQuery(BY_SKUS).bind("skus", textArray(skus));
    read(query).forEach(product -> found.put(product.sku(), product));
    return found;
  }

  static List<Product> listBySku(Handle handle, @Nullable Sku after, int limit) {
    Query query =
        after == null
            ? handle.createQuery(PAGE)
            : handle.createQuery(PAGE_AFTER).bind("after", after.value().getBytes(UTF_8));
    return read(query.bind("limit", limit));
  }

  private static String products(String clauses) {
    return """
    select
      p.sku, p.name, p.currency, p.unit_price, p.list_price, p.min_unit_price, p.tax_rate,
      p.active, p.version, p.created_at, p.updated_at, t.tag
    from (select * from products %s) p
    left join product_tags t on t.sku = p.sku
    order by p.sku_utf8
    """
        .formatted(clauses);
  }

  private static List<Product> read(Query query) {
    SequencedMap<String, ProductAssembler> found = new LinkedHashMap<>();
    query.reduceResultSet(found, (products, row, context) -> addRow(products, row));
    return found.values().stream().map(ProductAssembler::toProduct).toList();
  }

  private static SequencedMap<String, ProductAssembler> addRow(
      SequencedMap<String, ProductAssembler> products, ResultSet row) throws SQLException {
    String sku = row.getString("sku");
    ProductAssembler product = products.get(sku);
    if (product == null) {
      product = new ProductAssembler(ProductRow.of(row));
      products.put(sku, product);
    }
    if (row.getString("tag") != null) {
      product.addTag(row.getString("tag"));
    }
    return products;
  }
}
