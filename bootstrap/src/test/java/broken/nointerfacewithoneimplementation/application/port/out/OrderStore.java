package broken.nointerfacewithoneimplementation.application.port.out;

/** Has one, and is a port. */
interface OrderStore {
  record InMemoryOrderStore() implements OrderStore {}
}
