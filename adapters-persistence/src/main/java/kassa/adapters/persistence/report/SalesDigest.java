package kassa.adapters.persistence.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compact list of the sales of many groups, which can be ranked without being decoded. A group may
 * occur several times; its figures are added up. Immutable, if callers do not change the arrays.
 */
final class SalesDigest {

  /** Limits the memory that a digest needs. */
  private static final int MAX_ENTRIES = 20_000;

  private static final int RANK_BYTES = 2 * Long.BYTES;

  private final int entries;
  private final byte[] ranks;
  private final byte[] figures;

  /**
   * Creates a digest.
   *
   * @param entries the number of entries
   * @param ranks hash of the group (8 bytes) and number of orders (8 bytes) of each entry
   * @param figures each entry with its length, in the same order; empty if they were not read
   */
  SalesDigest(int entries, byte[] ranks, byte[] figures) {
    this.entries = entries;
    this.ranks = ranks;
    this.figures = figures;
  }

  int entries() {
    return entries;
  }

  byte[] ranks() {
    return ranks;
  }

  byte[] figures() {
    return figures;
  }

  /**
   * Group of sales.
   *
   * @param key the SKU, customer id or rule id; {@code null} for orders without a customer
   * @param currency the ISO 4217 code
   */
  record Group(@Nullable String key, String currency) {

    /** First bytes of a cryptographic hash, so that callers cannot choose keys that collide. */
    long hash() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(currency.getBytes(UTF_8));
        if (key != null) {
          digest.update((byte) 0);
          digest.update(key.getBytes(UTF_8));
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /**
   * Sums of an entry.
   *
   * @param group the group
   * @param orders the number of orders
   * @param sums units in thousandths, then amounts in minor units, in the order of the columns of
   *     {@link GroupSums.Column}
   */
  record Entry(Group group, long orders, List<BigInteger> sums) {}

  /** Number of orders of a group. */
  interface RankConsumer {

    void accept(long hash, long orders);
  }

  /** Passes the hash and the number of orders of each entry to a consumer. */
  void forEachRank(RankConsumer consumer) {
    ByteBuffer buffer = ByteBuffer.wrap(ranks);
    while (buffer.hasRemaining()) {
      consumer.accept(buffer.getLong(), buffer.getLong());
    }
  }

  /** Decodes the entries whose hashes are wanted, and skips the others. */
  List<Entry> decode(Predicate<Long> isWanted) {
    List<Entry> found = new ArrayList<>();
    ByteBuffer rank = ByteBuffer.wrap(ranks);
    ByteBuffer buffer = ByteBuffer.wrap(figures);
    while (rank.hasRemaining()) {
      long hash = rank.getLong();
      long orders = rank.getLong();
      int next = buffer.getInt() + buffer.position();
      if (isWanted.test(hash)) {
        found.add(decodeEntry(buffer, orders, next));
      }
      buffer.position(next);
    }
    return found;
  }

  private static Entry decodeEntry(ByteBuffer buffer, long orders, int end) {
    int keyLength = buffer.getInt();
    String key = keyLength < 0 ? null : text(buffer, keyLength);
    String currency = text(buffer, buffer.get());
    List<BigInteger> sums = new ArrayList<>();
    while (buffer.position() < end) {
      byte[] sum = new byte[buffer.get()];
      buffer.get(sum);
      sums.add(new BigInteger(sum));
    }
    return new Entry(new Group(key, currency), orders, sums);
  }

  private static String text(ByteBuffer buffer, int length) {
    byte[] text = new byte[length];
    buffer.get(text);
    return new String(text, UTF_8);
  }

  /** Collects entries in digests of limited size. Not thread-safe. */
  static final class Encoder {

    private final List<SalesDigest> complete = new ArrayList<>();
    private final ByteArrayOutputStream ranks = new ByteArrayOutputStream();
    private final ByteArrayOutputStream figures = new ByteArrayOutputStream();
    private final ByteArrayOutputStream entry = new ByteArrayOutputStream();
    private int entries;

    void add(Entry added) {
      if (entries == MAX_ENTRIES) {
        complete();
      }
      entry.reset();
      String key = added.group().key();
      if (key == null) {
        entry.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(-1).array());
      } else {
        byte[] text = key.getBytes(UTF_8);
        entry.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
        entry.writeBytes(text);
      }
      writeShort(added.group().currency().getBytes(UTF_8));
      added.sums().forEach(sum -> writeShort(sum.toByteArray()));
      figures.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(entry.size()).array());
      figures.writeBytes(entry.toByteArray());
      ranks.writeBytes(
          ByteBuffer.allocate(RANK_BYTES)
              .putLong(added.group().hash())
              .putLong(added.orders())
              .array());
      entries++;
    }

    private void writeShort(byte[] bytes) {
      entry.write(bytes.length);
      entry.writeBytes(bytes);
    }

    /** Returns one or more digests; an empty one if there are no entries. */
    List<SalesDigest> digests() {
      if (entries > 0 || complete.isEmpty()) {
        complete();
      }
      return List.copyOf(complete);
    }

    private void complete() {
      complete.add(new SalesDigest(entries, ranks.toByteArray(), figures.toByteArray()));
      ranks.reset();
      figures.reset();
      entries = 0;
    }
  }
}
