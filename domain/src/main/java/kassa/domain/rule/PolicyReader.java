package kassa.domain.rule;

import kassa.domain.json.JsonObjectReader;
import kassa.domain.rule.Policy.EffectBase;
import kassa.domain.rule.Policy.Resolver;
import kassa.domain.rule.Policy.RoundOn;
import kassa.domain.rule.Policy.StackBase;
import kassa.domain.rule.Policy.TaxRoundAt;
import kassa.domain.rule.Policy.UnitsConsumed;
import org.jspecify.annotations.Nullable;

/** Reads how rules are to work together. */
public final class PolicyReader {

  private PolicyReader() {}

  /** The policy that is written there; what it does not name is as in {@code otherwise}. */
  public static Policy read(JsonObjectReader fields, Policy defaults) {
    Policy policy =
        new Policy(
            orDefault(fields.optionalEnum("stackBase", StackBase.class), defaults.stackBase()),
            orDefault(fields.optionalEnum("effectBase", EffectBase.class), defaults.effectBase()),
            orDefault(fields.optionalEnum("resolver", Resolver.class), defaults.resolver()),
            orDefault(fields.optionalEnum("roundOn", RoundOn.class), defaults.roundOn()),
            orDefault(fields.optionalEnum("taxRoundAt", TaxRoundAt.class), defaults.taxRoundAt()),
            orDefault(
                fields.optionalEnum("unitsConsumed", UnitsConsumed.class),
                defaults.unitsConsumed()));
    fields.rejectUnknownFields();
    return policy;
  }

  private static <T> T orDefault(@Nullable T given, T defaultValue) {
    return given == null ? defaultValue : given;
  }
}
