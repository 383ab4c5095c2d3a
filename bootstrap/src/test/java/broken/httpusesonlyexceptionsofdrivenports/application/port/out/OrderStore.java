package broken.httpusesonlyexceptionsofdrivenports.application.port.out;

/** A driven port. */
public interface OrderStore {}
