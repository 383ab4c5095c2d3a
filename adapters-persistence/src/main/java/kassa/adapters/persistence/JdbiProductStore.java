package kassa.adapters.persistence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kassa.adapters.persistence.ProductWriter.OvertakenException;
import kassa.application.port.out.ProductStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.catalogue.Product;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import org.jspecify.annotations.Nullable;

/** Keeps the catalogue in two tables. May be used by any number of threads. */
final class JdbiProductStore implements ProductStore {

  /** Each try that fails means that another change was done. */
  private static final int MOST_TRIES = 20;

  /** How a database says that two changes met, and that one of them has to begin again. */
  private static final Set<String> BEGIN_AGAIN =
      Set.of(
          "40001", // serialization failure; H2: deadlock
          "40P01", // PostgreSQL: deadlock
          "90131"); // H2: concurrent update

  private final Database database;

  JdbiProductStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<Sku, Product> find(Collection<Sku> skus) {
    return skus.isEmpty()
        ? Map.of()
        : database.ask("find products", handle -> ProductReader.find(handle, skus));
  }

  @Override
  public List<Product> risingBySku(@Nullable Sku after, int limit) {
    return database.ask("list products", handle -> ProductReader.rising(handle, after, limit));
  }

  @Override
  public boolean create(Product product) {
    try {
      return database.change(
          "keep a product",
          handle -> {
            ProductWriter.insert(handle, List.of(product));
            return true;
          });
    } catch (OvertakenException taken) {
      return false;
    }
  }

  @Override
  public boolean replace(Product product) {
    return database.change("replace a product", handle -> ProductWriter.replace(handle, product));
  }

  @Override
  public List<Product> putAll(List<ProductDetails> products, Instant at) {
    for (int tries = 1; ; tries++) {
      try {
        return database.change(
            "keep products", handle -> ProductWriter.putAll(handle, products, at));
      } catch (OvertakenException overtaken) {
        if (tries == MOST_TRIES) {
          throw new StoreUnavailableException("others keep changing these products", overtaken);
        }
      } catch (StoreUnavailableException failure) {
        if (tries == MOST_TRIES || !Outages.hasState(failure, BEGIN_AGAIN)) {
          throw failure;
        }
      }
    }
  }

  @Override
  public boolean delete(Product product) {
    return database.change("delete a product", handle -> ProductWriter.delete(handle, product));
  }
}
