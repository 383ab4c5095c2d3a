package broken.layersarerespected.application.idempotency;

/** A call with a key; keeps the rule. */
public interface IdempotencyKey {}
