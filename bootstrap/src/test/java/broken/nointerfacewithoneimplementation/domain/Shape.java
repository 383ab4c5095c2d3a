package broken.nointerfacewithoneimplementation.domain;

/** Has two. */
interface Shape {
  record Circle() implements Shape {}

  record Square() implements Shape {}
}
