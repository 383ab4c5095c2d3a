package kassa.adapters.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import kassa.contract.fixture.SampleOrders;

/** Clock that changes only when it is advanced. */
public final class ManualClock implements InstantSource {

  private final AtomicReference<Instant> now = new AtomicReference<>(SampleOrders.START);

  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
