package broken.onlylistedadapterclassesusethreads.bootstrap;

/** Bootstrap is looked at as well. */
class Start {

  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
