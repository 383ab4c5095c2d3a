package kassa.adapters.persistence.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.persistence.jdbc.SqlValues.decimal;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.catalogue.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementException;

/** Writes products, within a transaction. No other class writes their tables. */
final class ProductWriter {

  private static final String INSERT =
      """
      insert into products (
        sku, sku_utf8, name, currency, unit_price, list_price, min_unit_price, tax_rate, active,
        version, created_at, updated_at)
      values (
        :sku, :utf8, :name, :currency, :unitPrice, :listPrice, :minUnitPrice, :taxRate, :active,
        :version, :createdAt, :updatedAt)
      """;

  private static final String UPDATE =
      """
      update products set
        name = :name, currency = :currency, unit_price = :unitPrice, list_price = :listPrice,
        min_unit_price = :minUnitPrice, tax_rate = :taxRate, active = :active,
        version = :version, updated_at = :updatedAt
      where sku = :sku and version = :expectedVersion and created_at = :createdAt
      """;

  private static final String DELETE =
      "delete from products where sku = :sku and version = :expectedVersion and created_at ="
          + " :createdAt";

  /** Locks rows in the order of their skus, which prevents deadlocks. */
  private static final String LOCK =
      """
      select sku from products
      where sku = any(cast(:skus as varchar array))
      order by sku_utf8
      for update
      """;

  private static final String DELETE_TAGS =
      "delete from product_tags where sku = any(cast(:skus as varchar array))";

  private static final String INSERT_TAG =
      "insert into product_tags (sku, tag) values (:sku, :tag)";

  private ProductWriter() {}

  /**
   * Inserts new products.
   *
   * @throws WriteConflictException if one of the skus is taken
   */
  static void insert(Handle handle, Collection<Product> products) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (Product product : products) {
      bind(batch, product)
          .bind("utf8", product.sku().value().getBytes(UTF_8))
          .bind("createdAt", timestamp(product.createdAt()));
      batch.add();
    }
    try {
      executeBatch(batch);
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new WriteConflictException(failure);
      }
      throw failure;
    }
    insertTags(handle, products);
  }

  /** Replaces the previous version of a product; returns false if that version is not current. */
  static boolean replace(Handle handle, Product product) {
    return update(handle, List.of(product), Map.of(product.sku(), product.version() - 1));
  }

  /** Deletes a product; returns false if its version or creation time is not current. */
  static boolean delete(Handle handle, Product product) {
    // The foreign key deletes its tags.
    return handle
            .createUpdate(DELETE)
            .bind("sku", product.sku().value())
            .bind("expectedVersion", product.version())
            .bind("createdAt", timestamp(product.createdAt()))
            .execute()
        == 1;
  }

  /**
   * Inserts or replaces products by their sku.
   *
   * @return the stored products, in the order of the parameter
   * @throws WriteConflictException if another transaction created or changed one of them meanwhile
   */
  static List<Product> upsertAll(Handle handle, List<ProductDetails> products, Instant at) {
    Map<Sku, Product> existing = lock(handle, products);
    SortedMap<Sku, Product> latest = new TreeMap<>(existing);
    List<Product> stored = new ArrayList<>(products.size());
    for (ProductDetails details : products) {
      Product before = latest.get(details.sku());
      stored.add(before == null ? Product.create(details, at) : before.replacedBy(details, at));
      latest.put(details.sku(), stored.getLast());
    }
    Map<Sku, Integer> expectedVersions = new TreeMap<>();
    existing.forEach((sku, product) -> expectedVersions.put(sku, product.version()));
    if (!update(
        handle,
        latest.values().stream().filter(p -> expectedVersions.containsKey(p.sku())).toList(),
        expectedVersions)) {
      throw new WriteConflictException(null);
    }
    insert(
        handle,
        latest.values().stream().filter(p -> !expectedVersions.containsKey(p.sku())).toList());
    return stored;
  }

  private static Map<Sku, Product> lock(Handle handle, List<ProductDetails> products) {
    Set<Sku> skus = new TreeSet<>();
    products.forEach(details -> skus.add(details.sku()));
    if (skus.isEmpty()) {
      return Map.of();
    }
    handle.createQuery(LOCK).bind("skus", textArray(skus)).mapTo(String.class).list();
    return ProductReader.find(handle, skus);
  }

  private static boolean update(
      Handle handle, Collection<Product> products, Map<Sku, Integer> expectedVersions) {
    PreparedBatch batch = handle.prepareBatch(UPDATE);
    for (Product product : products) {
      bind(batch, product)
          .bind("expectedVersion", expectedVersions.get(product.sku()))
          .bind("createdAt", timestamp(product.createdAt()));
      batch.add();
    }
    for (int rows : executeBatch(batch)) {
      if (rows == 0) {
        return false;
      }
    }
    deleteTags(handle, products);
    insertTags(handle, products);
    return true;
  }

  private static void deleteTags(Handle handle, Collection<Product> products) {
    if (!products.isEmpty()) {
      List<Sku> skus = products.stream().map(Product::sku).toList();
      handle.createUpdate(DELETE_TAGS).bind("skus", textArray(skus)).execute();
    }
  }

  private static void insertTags(Handle handle, Collection<Product> products) {
    PreparedBatch batch = handle.prepareBatch(INSERT_TAG);
    for (Product product : products) {
      for (Tag tag : product.details().tags()) {
        batch.bind("sku", product.sku().value()).bind("tag", tag.value()).add();
      }
    }
    executeBatch(batch);
  }

  private static <T extends SqlStatement<T>> T bind(T statement, Product product) {
    ProductDetails details = product.details();
    return statement
        .bind("sku", details.sku().value())
        .bind("name", details.name().value())
        .bind("currency", details.unitPrice().currency().getCurrencyCode())
        .bind("unitPrice", decimal(details.unitPrice()))
        .bind("listPrice", decimal(details.listPrice()))
        .bind("minUnitPrice", decimal(details.minUnitPrice()))
        .bind("taxRate", decimal(details.taxRate()))
        .bind("active", details.isActive())
        .bind("version", product.version())
        .bind("updatedAt", timestamp(product.updatedAt()));
  }
}
