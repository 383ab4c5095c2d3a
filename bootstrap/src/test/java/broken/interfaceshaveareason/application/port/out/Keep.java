package broken.interfaceshaveareason.application.port.out;

/** Has one, and is a port. */
interface Keep {
  record Kept() implements Keep {}
}
