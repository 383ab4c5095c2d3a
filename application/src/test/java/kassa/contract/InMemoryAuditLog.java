package kassa.contract;

import java.util.List;
import java.util.stream.LongStream;
import kassa.application.port.out.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.KeptEvent;
import org.jspecify.annotations.Nullable;

/** The events of {@link InMemoryStores}. */
public final class InMemoryAuditLog implements AuditLog {

  private final InMemoryStores stores;

  InMemoryAuditLog(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public void append(AuditEvent event) {
    synchronized (stores) {
      stores.check();
      stores.audited.add(event);
    }
  }

  @Override
  public List<KeptEvent> list(@Nullable Long before, int limit) {
    synchronized (stores) {
      stores.check();
      long last = before == null ? stores.audited.size() : before - 1;
      return LongStream.iterate(last, number -> number > 0, number -> number - 1)
          .limit(limit)
          .mapToObj(number -> new KeptEvent(number, stores.audited.get((int) number - 1)))
          .toList();
    }
  }

  /** All events, oldest first. */
  public List<AuditEvent> events() {
    synchronized (stores) {
      return List.copyOf(stores.audited);
    }
  }
}
