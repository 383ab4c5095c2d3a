package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.out.AnswerStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Keeps answers in a table. May be used by any number of threads. */
final class JdbiAnswerStore implements AnswerStore {

  static final String BY_KEY =
      """
      select request, status, location, entity_tag, body from kept_answers
      where caller = :caller and idempotency_key = :key
      """;

  static final String FORGET =
      """
      delete from kept_answers where (caller, idempotency_key) in (
        select caller, idempotency_key from kept_answers
        where kept_at < :before
        order by kept_at
        fetch first :most rows only)
      """;

  private static final String INSERT =
      """
      insert into kept_answers (
        caller, idempotency_key, request, status, location, entity_tag, body, kept_at)
      values (:caller, :key, :request, :status, :location, :entityTag, :body, :at)
      """;

  private static final Set<String> TAKEN = Set.of("23505");

  /** There is an answer under the key of one of the calls already. */
  static final class KeyTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private KeyTakenException(StatementException refused) {
      super("there is an answer under one of the keys already", refused);
    }
  }

  private final Database database;

  JdbiAnswerStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<KeptAnswer> find(IdempotencyKey key) {
    return database.ask("find an answer", handle -> find(handle, key));
  }

  @Override
  public boolean keep(KeptAnswer answer, Instant at) {
    return unlessKeyIsTaken(
        () ->
            Retries.run(() ->
                database.change(
                    "keep an answer",
                    handle -> {
                      insert(handle, List.of(answer), at);
                      return true;
                    })),
        false);
  }

  @Override
  public int forget(Instant before, int most) {
    return Retries.run(() ->
        database.change(
            "forget old answers",
            handle ->
                handle
                    .createUpdate(FORGET)
                    .bind("before", utc(before))
                    .bind("most", most)
                    .execute()));
  }

  static Optional<KeptAnswer> find(Handle handle, IdempotencyKey key) {
    return handle
        .createQuery(BY_KEY)
        .bind("caller", key.caller())
        .bind("key", key.text())
        .map((row, context) ->
            new KeptAnswer(
                key,
                row.getString("request"),
                new Answer(
                    row.getInt("status"),
                    row.getString("location"),
                    row.getString("entity_tag"),
                    row.getString("body"))))
        .findOne();
  }

  /**
   * What comes of work that keeps an answer with what it does.
   *
   * @param work throws when there is an answer under the key already, and leaves nothing behind
   */
  static <T> T unlessKeyIsTaken(Supplier<T> work, T otherwise) {
    try {
      return work.get();
    } catch (KeyTakenException taken) {
      return otherwise;
    }
  }

  /** Keeps an answer as below, if there is one to be kept. */
  static void insert(Handle handle, @Nullable KeptAnswer answer, Instant at) {
    if (answer != null) {
      insert(handle, List.of(answer), at);
    }
  }

  /**
   * Keeps answers, within the transaction of what they tell.
   *
   * @throws KeyTakenException if there is one under one of the keys already; the transaction is
   *     lost then
   */
  static void insert(Handle handle, List<KeptAnswer> answers, Instant at) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (KeptAnswer kept : answers) {
      batch
          .bind("caller", kept.key().caller())
          .bind("key", kept.key().text())
          .bind("request", kept.request())
          .bind("status", kept.answer().status())
          .bind("location", kept.answer().location())
          .bind("entityTag", kept.answer().entityTag())
          .bind("body", kept.answer().body())
          .bind("at", utc(at))
          .add();
    }
    try {
      SqlValues.execute(batch);
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new KeyTakenException(refused);
      }
      throw refused;
    }
  }
}
