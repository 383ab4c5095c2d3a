package kassa.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import kassa.application.port.out.StoreProbe;
import kassa.application.port.out.StoreUnavailableException;
import org.junit.jupiter.api.Test;

/** What every {@link StoreProbe} has to pass. */
public abstract class StoreProbeContract {

  /** The probe under test, of a store that is there. */
  protected abstract StoreProbe probe();

  /** Makes the store unreachable for the rest of the test. */
  protected abstract void takeStoreAway();

  @Test
  void returns_while_the_store_is_there() {
    assertThatCode(() -> probe().probe()).doesNotThrowAnyException();
  }

  @Test
  void says_so_when_the_store_is_gone() {
    takeStoreAway();

    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> probe().probe());
  }
}
