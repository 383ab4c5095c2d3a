package kassa.adapters.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: no more at any moment than there are places for, and none once it is closed.
 * Nobody waits for a place: who finds none is refused at once, before the body is read. See
 * docs/decisions/0091. May be used by any number of threads.
 */
final class Admission {

  /** What a call takes a place among. */
  enum Load {
    /** It tells how the server is, takes no place and is never refused. */
    NONE,
    /** It does one thing. */
    SINGLE,
    /** It does many things, and takes as long as there are more of them. */
    MANY
  }

  private final int mostSingle;
  private final int mostMany;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Set<Place> single = new HashSet<>();
  private final Set<Place> many = new HashSet<>();
  private volatile boolean closed;
  private volatile boolean isFull;

  /**
   * @param mostSingle the places for calls that do one thing, 1 or more
   * @param mostMany the places for calls that do many, 1 or more
   */
  Admission(int mostSingle, int mostMany) {
    this.mostSingle = mostSingle;
    this.mostMany = mostMany;
  }

  /** Being let in, up to its close. */
  final class Place implements AutoCloseable {

    private final Set<Place> among;
    private final Context context;

    private Place(Set<Place> among, Context context) {
      this.among = among;
      this.context = context;
    }

    /** Whether the client still sends its request, or takes its answer. */
    private boolean waitsForClient() {
      return RequestBody.isUnread(context) || context.res().isCommitted();
    }

    @Override
    public void close() {
      leave(this);
    }
  }

  /**
   * Lets a request in.
   *
   * @return to be closed when it has been handled
   * @throws ProblemException if there is no place for it, or none any more
   */
  Place admit(Load load, Context context) {
    return switch (load) {
      case NONE -> new Place(new HashSet<>(), context);
      case SINGLE -> take(single, mostSingle, context);
      case MANY -> take(many, mostMany, context);
    };
  }

  private Place take(Set<Place> places, int most, Context context) {
    Place place = new Place(places, context);
    boolean taken;
    lock.lock();
    try {
      taken = !closed && places.size() < most && places.add(place);
      isFull = single.size() >= mostSingle;
    } finally {
      lock.unlock();
    }
    if (taken) {
      return place;
    }
    if (closed) {
      throw new ProblemException(
          ProblemKind.STOPPING, "Nothing was done. The server finishes what it has begun.");
    }
    throw new ProblemException(overloaded(most));
  }

  /**
   * Why a call that does one thing would be refused if it asked to be let in now; {@code null} if
   * it would not be.
   */
  @Nullable Problem refusalOfSingle() {
    return isFull && !closed ? overloaded(mostSingle) : null;
  }

  private static Problem overloaded(int most) {
    return Problem.of(
        ProblemKind.OVERLOADED, "Nothing was done. " + most + " such requests are under way.");
  }

  private void leave(Place place) {
    lock.lock();
    try {
      if (place.among.remove(place) && isEmpty()) {
        empty.signalAll();
      }
      isFull = single.size() >= mostSingle;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nobody is let in any more. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Lets nobody in any more.
   *
   * @return how many are in
   */
  int close() {
    lock.lock();
    try {
      closed = true;
      return single.size() + many.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all who were let in have left.
   *
   * @return {@code false} if that took longer
   */
  boolean awaitEmpty(Duration longest) {
    lock.lock();
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(longest);
      while (!isEmpty() && nanos > 0) {
        nanos = empty.awaitNanos(nanos);
      }
      return isEmpty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the connections of those who still send their request or take their answer; the others
   * are near their end, and the outcome of theirs is told them.
   *
   * @return how many those are
   */
  int breakOff() {
    lock.lock();
    try {
      List<Place> endless =
          Stream.concat(single.stream(), many.stream()).filter(Place::waitsForClient).toList();
      endless.forEach(place -> Connections.abort(place.context));
      return endless.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return single.isEmpty() && many.isEmpty();
  }
}
