package broken.onlylistedadapterclassesusethreads.client;

/** The client is looked at as well. */
class Sender {

  void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
