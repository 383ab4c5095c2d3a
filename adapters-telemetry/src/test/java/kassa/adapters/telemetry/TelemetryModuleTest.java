package kassa.adapters.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TelemetryModuleTest {

  @Test
  void tests_run_in_the_named_module() {
    Module module = TelemetryModuleTest.class.getModule();

    assertThat(module.getName()).isEqualTo("kassa.adapters.telemetry");
    assertThat(module).isSameAs(ServerTelemetry.class.getModule());
  }
}
