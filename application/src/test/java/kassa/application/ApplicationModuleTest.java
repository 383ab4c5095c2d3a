package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import kassa.application.internal.BoundedFanOut;
import kassa.domain.order.Order;
import org.junit.jupiter.api.Test;

class ApplicationModuleTest {

  @Test
  void runs_in_its_named_module_upon_the_domains() {
    Module module = UseCases.class.getModule();

    assertThat(module.getName()).isEqualTo("kassa.application");
    assertThat(module.getDescriptor().isAutomatic()).isFalse();
    assertThat(ApplicationModuleTest.class.getModule()).isSameAs(module);
    assertThat(Order.class.getModule().getName()).isEqualTo("kassa.domain");
  }

  @Test
  void keeps_its_services_to_itself() {
    Module module = BoundedFanOut.class.getModule();

    assertThat(module.getDescriptor().exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "kassa.application",
            "kassa.application.idempotency",
            "kassa.application.port.in",
            "kassa.application.port.out");
  }
}
