package kassa.adapters.http.jetty;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Threads of the selector and of Jetty's own tasks; requests run on virtual threads. */
public final class JettyThreads {

  /** One selector, one acceptor, and threads for tasks such as the end of a shutdown. */
  private static final int MAX_THREADS = 16;

  private static final int MIN_THREADS = 2;

  private JettyThreads() {}

  /**
   * Creates a server with these threads.
   *
   * @param resumesInline whether the virtual thread of a request that ends also looks for the next
   *     request of its connection, instead of handing this to another thread; only if that handles
   *     no request itself
   */
  public static Server createServer(boolean resumesInline) {
    return new Server(new Pool(resumesInline));
  }

  private static final class Pool extends QueuedThreadPool {

    private final boolean resumesInline;

    Pool(boolean resumesInline) {
      super(MAX_THREADS, MIN_THREADS);
      this.resumesInline = resumesInline;
      setName("jetty");
      setReservedThreads(0);
      setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http"));
    }

    @Override
    public void execute(Runnable task) {
      if (resumesInline && task instanceof Connection && Thread.currentThread().isVirtual()) {
        task.run();
      } else {
        super.execute(task);
      }
    }
  }
}
