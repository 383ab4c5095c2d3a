package kassa.bootstrap.config;

import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.rule.Policy;

/**
 * Configuration of pricing.
 *
 * @param currencies the currencies that orders may have
 * @param policy how discount rules work together
 */
public record PricingConfig(AcceptedCurrencies currencies, Policy policy) {}
