package kassa.contract.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/** In-memory product store, for tests that need no database. Outages can be simulated. */
public final class InMemoryProductStore implements ProductStore {

  private final TreeMap<Sku, Product> products = new TreeMap<>();
  private final InMemoryStores stores;
  private volatile boolean unavailable;

  /** Creates an empty product store with its own {@link InMemoryStores}. */
  public InMemoryProductStore() {
    this(new InMemoryStores());
  }

  InMemoryProductStore(InMemoryStores stores) {
    this.stores = stores;
  }

  /**
   * Simulates an outage: every call throws {@link StoreUnavailableException} until {@link
   * #makeAvailable()}.
   */
  public void makeUnavailable() {
    unavailable = true;
  }

  /** Ends the simulated outage; the data is unchanged. */
  public void makeAvailable() {
    unavailable = false;
  }

  @Override
  public synchronized Map<Sku, Product> find(Collection<Sku> skus) {
    requireAvailable();
    Map<Sku, Product> found = new HashMap<>(products);
    found.keySet().retainAll(skus);
    return found;
  }

  @Override
  public synchronized List<Product> listBySku(@Nullable Sku after, int limit) {
    requireAvailable();
    var following = after == null ? products : products.tailMap(after, false);
    return following.values().stream().limit(limit).toList();
  }

  @Override
  public synchronized boolean create(
      Product product, @Nullable IdempotencyRecord idempotencyRecord) {
    requireAvailable();
    synchronized (stores) {
      if (products.containsKey(product.sku())) {
        return false;
      }
      stores.requireFreeKey(idempotencyRecord);
      products.put(product.sku(), product);
      stores.storeRecord(idempotencyRecord);
      return true;
    }
  }

  @Override
  public synchronized boolean replace(Product product) {
    requireAvailable();
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
    requireAvailable();
    List<Product> stored = new ArrayList<>();
    for (ProductDetails each : details) {
      Product present = products.get(each.sku());
      stored.add(present == null ? Product.create(each, at) : present.replacedBy(each, at));
      products.put(each.sku(), stored.getLast());
    }
    return stored;
  }

  @Override
  public synchronized boolean delete(Product product, Instant at) {
    requireAvailable();
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

  private void requireAvailable() {
    if (unavailable) {
      throw new StoreUnavailableException("simulated store outage", new Exception());
    }
  }
}
