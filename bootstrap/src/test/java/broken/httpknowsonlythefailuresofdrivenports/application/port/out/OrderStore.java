package broken.httpknowsonlythefailuresofdrivenports.application.port.out;

/** A driven port. */
public interface OrderStore {}
