package kassa.application.internal.service;

import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;

/** Readiness check: ready if the store is available. */
public final class CheckReadinessService implements CheckReadiness {

  private final StoreProbe probe;

  public CheckReadinessService(StoreProbe probe) {
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
