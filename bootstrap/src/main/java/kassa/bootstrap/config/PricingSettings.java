package kassa.bootstrap.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.JsonValue;
import kassa.domain.json.Violations;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.rule.Policy;
import kassa.domain.rule.json.PolicyReader;

/** Reads the settings of pricing. */
final class PricingSettings {

  private PricingSettings() {}

  static PricingConfig read(SettingReader reader) {
    return new PricingConfig(
        reader.read(Setting.CURRENCIES, PricingSettings::parseCurrencies),
        reader.read(Setting.PRICING_POLICY, PricingSettings::parsePolicy));
  }

  private static AcceptedCurrencies parseCurrencies(String codes) {
    return codes.equals("all")
        ? AcceptedCurrencies.all()
        : AcceptedCurrencies.of(SettingParsers.splitAtCommas(codes));
  }

  /** Parses the members of the policy in a quote request, as {@code name=value,name=value}. */
  private static Policy parsePolicy(String text) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (String member : SettingParsers.parseList(text)) {
      String[] nameAndValue = member.split("=", 2);
      if (nameAndValue.length < 2
          || members.put(nameAndValue[0], new JsonValue.JsonString(nameAndValue[1])) != null) {
        throw new IllegalArgumentException(
            "must be a list such as stackBase=original, without duplicates");
      }
    }
    Violations violations = new Violations();
    JsonObjectReader reader =
        new JsonObjectReader(JsonValue.JsonObject.of(members), "", violations);
    Policy policy = PolicyReader.read(reader, Policy.DEFAULT);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(
          violations.reported().stream()
              .map(violation -> violation.pointer().substring(1) + ": " + violation.detail())
              .collect(Collectors.joining("; ")));
    }
    return policy;
  }
}
