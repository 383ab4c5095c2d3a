package kassa.application.internal.service;

import kassa.application.port.in.service.CheckReadiness;
import kassa.application.port.out.StoreReadOnlyException;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;

/** Readiness check: ready if the store is available and accepts writes. */
public final class CheckReadinessService implements CheckReadiness {

  private final StoreProbe probe;

  public CheckReadinessService(StoreProbe probe) {
    this.probe = probe;
  }

  @Override
  public Readiness check() {
    try {
      probe.probe();
      return Readiness.READY;
    } catch (StoreReadOnlyException readOnly) {
      return Readiness.READ_ONLY;
    } catch (StoreUnavailableException unavailable) {
      return Readiness.UNAVAILABLE;
    }
  }
}
