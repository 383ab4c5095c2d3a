package kassa.adapters.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.application.telemetry.TracingProvider;
import org.junit.jupiter.api.Test;

class TracingModuleTest {

  @Test
  void exports_no_package_and_provides_a_service() {
    Module module = OpenTelemetryProvider.class.getModule();

    assertThat(module.getName()).isEqualTo("kassa.adapters.tracing");
    assertThat(module.getDescriptor().exports()).isEmpty();
    assertThat(module.getDescriptor().provides())
        .extracting(provides -> provides.service())
        .containsExactly(TracingProvider.class.getName());
  }
}
