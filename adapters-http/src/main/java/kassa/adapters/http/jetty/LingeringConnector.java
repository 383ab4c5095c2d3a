package kassa.adapters.http.jetty;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Connector whose connections linger if Jetty closes them after it ended its output and before the
 * client ended its own, with and without TLS. Aborted connections are closed at once.
 */
public final class LingeringConnector extends ServerConnector {

  private final LingeringClose lingeringClose;
  private final AddressConnectionLimit addressLimit;

  public LingeringConnector(
      Server server,
      LingeringClose lingeringClose,
      AddressConnectionLimit addressLimit,
      ConnectionFactory... factories) {
    super(server, factories);
    this.lingeringClose = lingeringClose;
    this.addressLimit = addressLimit;
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    addressLimit.opened(endPoint);
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    addressLimit.closed(endPoint);
    super.onEndPointClosed(endPoint);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SocketChannelEndPoint endPoint = new LingeringEndPoint(channel, selector, key, getScheduler());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  private final class LingeringEndPoint extends SocketChannelEndPoint {

    private final SelectionKey key;
    private volatile boolean outputEnded;
    private volatile boolean inputEnded;

    LingeringEndPoint(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
      this.key = key;
    }

    @Override
    protected void doShutdownOutput() {
      outputEnded = true;
      super.doShutdownOutput();
    }

    @Override
    protected void doShutdownInput() {
      inputEnded = true;
      super.doShutdownInput();
    }

    @Override
    public void doClose() {
      if (inputEnded || !hasEndedOutput() || !linger()) {
        super.doClose();
      }
    }

    /** Over TLS the end is an alert, and the connection below it is still open. */
    private boolean hasEndedOutput() {
      return outputEnded
          || (getConnection() instanceof SslConnection tls && tls.getSSLEngine().isOutboundDone());
    }

    private boolean linger() {
      try {
        getChannel().shutdownOutput();
        key.cancel();
        return lingeringClose.takeOver(getChannel());
      } catch (IOException gone) {
        return false;
      }
    }
  }
}
