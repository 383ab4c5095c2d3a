package broken.nobannednamesuffix.domain;

/** Every suffix that is banned, and two names that only look like them. */
interface Names {
  record OrderImpl() {}

  record OrderUtil() {}

  record OrderUtils() {}

  record OrderHelper() {}

  record OrderManager() {}

  record OrderDto() {}

  record OrderPort() {}

  record OrderReport() {}

  record Implied() {}
}
