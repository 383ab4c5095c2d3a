package kassa.domain.rule;

import kassa.domain.notation.FieldReader;
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
  public static Policy read(FieldReader fields, Policy otherwise) {
    Policy policy =
        new Policy(
            or(fields.optionalWord("stackBase", StackBase.class), otherwise.stackBase()),
            or(fields.optionalWord("effectBase", EffectBase.class), otherwise.effectBase()),
            or(fields.optionalWord("resolver", Resolver.class), otherwise.resolver()),
            or(fields.optionalWord("roundOn", RoundOn.class), otherwise.roundOn()),
            or(fields.optionalWord("taxRoundAt", TaxRoundAt.class), otherwise.taxRoundAt()),
            or(
                fields.optionalWord("unitsConsumed", UnitsConsumed.class),
                otherwise.unitsConsumed()));
    fields.refuseOthers();
    return policy;
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
