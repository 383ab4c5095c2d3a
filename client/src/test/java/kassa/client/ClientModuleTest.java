package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientModuleTest {

  @Test
  void tests_run_in_the_named_module() {
    assertThat(ClientModuleTest.class.getModule().getName()).isEqualTo("kassa.client");
    assertThat(ClientModuleTest.class.getModule()).isSameAs(OrderImport.class.getModule());
  }
}
