package kassa.domain.rule.json;

import kassa.domain.json.JsonObjectReader;
import kassa.domain.rule.Policy;
import kassa.domain.rule.Policy.EffectBase;
import kassa.domain.rule.Policy.Resolver;
import kassa.domain.rule.Policy.RoundOn;
import kassa.domain.rule.Policy.StackBase;
import kassa.domain.rule.Policy.TaxRoundAt;
import kassa.domain.rule.Policy.UnitsConsumed;
import org.jspecify.annotations.Nullable;

/** Reader of a pricing policy from JSON. */
public final class PolicyReader {

  private PolicyReader() {}

  /**
   * Reads a policy.
   *
   * @param fields the fields of the policy
   * @param defaults the values of absent fields and of fields with violations
   */
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

  private static <T> T orDefault(@Nullable T value, T defaultValue) {
    return value == null ? defaultValue : value;
  }
}
