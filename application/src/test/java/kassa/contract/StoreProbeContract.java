package kassa.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.service.StoreProbe;
import org.junit.jupiter.api.Test;

/** Contract of {@link StoreProbe}: tests that every implementation has to pass. */
public abstract class StoreProbeContract {

  /** Probe under test, of an available store. */
  protected abstract StoreProbe probe();

  /** Makes the store unavailable for the rest of the test. */
  protected abstract void makeStoreUnavailable();

  @Test
  void probe_returns_while_the_store_is_available() {
    assertThatCode(() -> probe().probe()).doesNotThrowAnyException();
  }

  @Test
  void probe_throws_during_an_outage() {
    makeStoreUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> probe().probe());
  }
}
