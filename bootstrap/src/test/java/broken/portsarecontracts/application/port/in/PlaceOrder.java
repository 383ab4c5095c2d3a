package broken.portsarecontracts.application.port.in;

/** Contracts, and a service that hides among them. */
interface PlaceOrder {
  record Command() {}

  enum Kind {
    ONE
  }

  final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  final class Service {}
}
