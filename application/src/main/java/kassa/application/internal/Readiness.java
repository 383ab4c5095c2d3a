package kassa.application.internal;

import kassa.application.port.in.CheckReadiness;
import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;

/** Ready when the store is. */
public final class Readiness implements CheckReadiness {

  private final StoreProbe probe;

  public Readiness(StoreProbe probe) {
    this.probe = probe;
  }

  @Override
  public boolean isReady() {
    try {
      probe.probe();
      return true;
    } catch (StoreUnavailableException unavailable) {
      return false;
    }
  }
}
