package kassa.domain.pricing;

/** What a rule does to a cart. Each kind of effect is a type of its own. */
public sealed interface Effect permits TieredQuantity {}
