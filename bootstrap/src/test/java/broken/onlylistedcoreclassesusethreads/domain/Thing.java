package broken.onlylistedcoreclassesusethreads.domain;

/** The domain is looked at as well. */
interface Thing {
  void use(ThreadLocal<String> threadLocal);
}
