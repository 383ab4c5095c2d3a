package broken.httpusesonlyexceptionsofdrivenports.application.port.out;

/** What HTTP may know of it. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}
