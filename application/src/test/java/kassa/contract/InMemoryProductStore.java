package kassa.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/** The catalogue of tests that need no database: it forgets everything, and can be taken away. */
public final class InMemoryProductStore implements ProductStore {

  private final TreeMap<Sku, Product> products = new TreeMap<>();
  private final InMemoryStores stores;
  private volatile boolean unavailable;

  /** A catalogue that shares nothing with anybody. */
  public InMemoryProductStore() {
    this(new InMemoryStores());
  }

  InMemoryProductStore(InMemoryStores stores) {
    this.stores = stores;
  }

  /** From now on every call finds the store gone. */
  public void takeAway() {
    unavailable = true;
  }

  /** From now on the store is there again, with all that it kept. */
  public void bringBack() {
    unavailable = false;
  }

  @Override
  public synchronized Map<Sku, Product> find(Collection<Sku> skus) {
    check();
    Map<Sku, Product> found = new HashMap<>(products);
    found.keySet().retainAll(skus);
    return found;
  }

  @Override
  public synchronized List<Product> risingBySku(@Nullable Sku after, int limit) {
    check();
    var behind = after == null ? products : products.tailMap(after, false);
    return behind.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Creation create(Product product, @Nullable KeptAnswer answer) {
    check();
    synchronized (stores) {
      if (stores.hasAnswer(answer)) {
        return Creation.KEY_TAKEN;
      }
      if (products.putIfAbsent(product.sku(), product) != null) {
        return Creation.SKU_TAKEN;
      }
      stores.keepAnswer(answer, product.createdAt());
      return Creation.DONE;
    }
  }

  @Override
  public synchronized boolean replace(Product product) {
    check();
    Product present = products.get(product.sku());
    boolean isNext =
        present != null
            && present.version() == product.version() - 1
            && present.createdAt().equals(product.createdAt());
    if (isNext) {
      products.put(product.sku(), product);
    }
    return isNext;
  }

  @Override
  public synchronized List<Product> putAll(List<ProductDetails> details, Instant at) {
    check();
    List<Product> kept = new ArrayList<>();
    for (ProductDetails each : details) {
      Product present = products.get(each.sku());
      kept.add(present == null ? Product.created(each, at) : present.replacedBy(each, at));
      products.put(each.sku(), kept.getLast());
    }
    return kept;
  }

  @Override
  public synchronized boolean delete(Product product) {
    check();
    Product present = products.get(product.sku());
    boolean isSame =
        present != null
            && present.version() == product.version()
            && present.createdAt().equals(product.createdAt());
    if (isSame) {
      products.remove(product.sku());
    }
    return isSame;
  }

  private void check() {
    if (unavailable) {
      throw new StoreUnavailableException("the store was taken away", new Exception());
    }
  }
}
