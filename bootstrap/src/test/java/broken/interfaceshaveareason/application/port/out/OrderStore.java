package broken.interfaceshaveareason.application.port.out;

/** Has one, and is a port. */
interface OrderStore {
  record InMemoryOrderStore() implements OrderStore {}
}
