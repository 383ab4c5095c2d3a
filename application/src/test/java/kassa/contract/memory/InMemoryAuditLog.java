package kassa.contract.memory;

import java.util.List;
import java.util.stream.LongStream;
import kassa.application.port.out.identity.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/** In-memory audit log of {@link InMemoryStores}. */
public final class InMemoryAuditLog implements AuditLog {

  private final InMemoryStores stores;

  InMemoryAuditLog(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public void append(AuditEvent event) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.auditEvents.add(event);
    }
  }

  @Override
  public List<StoredAuditEvent> list(@Nullable Long before, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      long last = before == null ? stores.auditEvents.size() : before - 1;
      return LongStream.iterate(last, number -> number > 0, number -> number - 1)
          .limit(limit)
          .mapToObj(
              number -> new StoredAuditEvent(number, stores.auditEvents.get((int) number - 1)))
          .toList();
    }
  }

  /** Returns all events, oldest first. */
  public List<AuditEvent> events() {
    synchronized (stores) {
      return List.copyOf(stores.auditEvents);
    }
  }
}
