package kassa.application.port.in;

import java.util.Optional;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;

/** Does a call that carries a key once, however often it is sent. */
public interface CallOnce {

  /**
   * Begins a call. One that has begun must be closed, done or not.
   *
   * @param key names it
   * @param request what is called, and with what: the same text for the same request and no other
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether it was
   *     done already
   */
  Beginning begin(IdempotencyKey key, String request);

  /**
   * Forgets the answers that were kept for long enough.
   *
   * @return how many there were
   */
  int forgetOld();

  /** How a call begins. */
  sealed interface Beginning {

    /** It is to be done. No other begins under its key on this node until it is closed. */
    non-sealed interface Begun extends Beginning, AutoCloseable {

      /**
       * Keeps the answer durably, for a call that changes nothing. What changes something keeps its
       * answer in its own transaction.
       *
       * @return the answer to give: another one, if another node has done the same meanwhile
       */
      KeptAnswer keep(Answer answer);

      /**
       * What another node has kept under the key since this call began, if one has. Whoever is
       * refused looks here first: what is in the way may be what the same call has done there.
       */
      Optional<KeptAnswer> keptMeanwhile();

      @Override
      void close();
    }

    /**
     * It was done before.
     *
     * @param answer what was answered then
     */
    record Done(Answer answer) implements Beginning {}

    /** It is being done. */
    record UnderWay() implements Beginning {}

    /** The key names another request. */
    record OtherRequest() implements Beginning {}
  }
}
