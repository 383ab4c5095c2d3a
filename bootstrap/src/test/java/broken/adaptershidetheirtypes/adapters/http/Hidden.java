package broken.adaptershidetheirtypes.adapters.http;

/** Nobody outside can name what it holds. */
interface Hidden {
  record Row() {}
}
