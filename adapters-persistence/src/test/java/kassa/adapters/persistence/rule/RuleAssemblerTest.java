package kassa.adapters.persistence.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import kassa.domain.catalogue.Sku;
import kassa.domain.rule.Condition;
import kassa.domain.rule.StoredRule;
import org.junit.jupiter.api.Test;

class RuleAssemblerTest {

  @Test
  void old_rule_with_invisible_characters_is_read_and_compared_without_them() {
    RuleAssembler assembler =
        new RuleAssembler(
            new RuleAssembler.RuleRow(
                new UUID(0x7000L, 1L << 63), "active", 1, 1, false, Instant.EPOCH, Instant.EPOCH));
    for (String[] row :
        new String[][] {
          {"", "object"},
          {"/when", "object"},
          {"/when/containsAnySku", "array"},
          {"/when/containsAnySku/0", "string", "A\u200BB"},
          {"/effects", "array"},
          {"/effects/0", "object"},
          {"/effects/0/type", "string", "percent_off_order"},
          {"/effects/0/percent", "string", "10"}
        }) {
      assembler.addDefinitionRow(
          new RuleDefinitionRow(row[0], row[1], row.length == 3 ? row[2] : null));
    }

    StoredRule rule = assembler.toRule();

    assertThat(rule.definition().when().entries().get("containsAnySku"))
        .isEqualTo(new Condition.ContainsAnySku(java.util.Set.of(new Sku("AB"))));
  }
}
