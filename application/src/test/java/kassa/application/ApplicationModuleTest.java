package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import kassa.application.internal.concurrent.BoundedExecutor;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;

class ApplicationModuleTest {

  @Test
  void runs_as_a_named_module_that_requires_the_domain() {
    Module module = UseCases.class.getModule();

    assertThat(module.getName()).isEqualTo("kassa.application");
    assertThat(module.getDescriptor().isAutomatic()).isFalse();
    assertThat(ApplicationModuleTest.class.getModule()).isSameAs(module);
    assertThat(Order.class.getModule().getName()).isEqualTo("kassa.domain");
  }

  @Test
  void exports_ports_but_no_internal_package() {
    Module module = BoundedExecutor.class.getModule();

    assertThat(module.getDescriptor().exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "kassa.application",
            "kassa.application.idempotency",
            "kassa.application.port.in",
            "kassa.application.port.in.catalogue",
            "kassa.application.port.in.event",
            "kassa.application.port.in.identity",
            "kassa.application.port.in.order",
            "kassa.application.port.in.pricing",
            "kassa.application.port.in.report",
            "kassa.application.port.in.rule",
            "kassa.application.port.in.service",
            "kassa.application.port.in.webhook",
            "kassa.application.port.out",
            "kassa.application.port.out.catalogue",
            "kassa.application.port.out.event",
            "kassa.application.port.out.identity",
            "kassa.application.port.out.order",
            "kassa.application.port.out.report",
            "kassa.application.port.out.rule",
            "kassa.application.port.out.service",
            "kassa.application.port.out.webhook",
            "kassa.application.telemetry");
  }
}
