package broken.portsarecontracts.application.port.out;

/** A class where an interface should be. */
abstract class Store {}
