package broken.httpusesonlyexceptionsofdrivenports.application.idempotency;

public interface IdempotencyStore {}
