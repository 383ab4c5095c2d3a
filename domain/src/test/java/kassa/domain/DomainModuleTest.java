package kassa.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DomainModuleTest {

  @Test
  void runs_in_its_named_module() {
    Module module = PlainText.class.getModule();

    assertThat(module.getName()).isEqualTo("kassa.domain");
    assertThat(module.getDescriptor().isAutomatic()).isFalse();
    assertThat(DomainModuleTest.class.getModule()).isSameAs(module);
  }
}
