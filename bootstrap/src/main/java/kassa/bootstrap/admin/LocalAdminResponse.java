package kassa.bootstrap.admin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Writes and reads responses of the local admin channel: a letter for its type, and its value. Not
 * thread-safe.
 */
final class LocalAdminResponse {

  private static final int LENGTH = 'L';
  private static final int TEXT = 'T';
  private static final int FAILED = 'F';

  private final DataOutputStream out;

  LocalAdminResponse(DataOutputStream out) {
    this.out = out;
  }

  /** Writes the length of a backup file in bytes. */
  void writeSuccess(long length) throws IOException {
    out.writeByte(LENGTH);
    out.writeLong(length);
  }

  /** Writes a text. */
  void writeSuccess(String text) throws IOException {
    out.writeByte(TEXT);
    out.writeUTF(text);
  }

  /** Writes the reason of a failure, cut to 10,000 characters. */
  void writeFailure(String reason) throws IOException {
    out.writeByte(FAILED);
    out.writeUTF(reason.length() > 10_000 ? reason.substring(0, 10_000) : reason);
  }

  /**
   * Reads the length of a backup file in bytes.
   *
   * @throws CommandFailedException if the server reports a failure
   */
  static long readLength(DataInputStream in) throws IOException {
    int frameType = readFrameType(in);
    if (frameType == LENGTH) {
      return in.readLong();
    }
    throw failure(frameType, in);
  }

  /**
   * Reads a text.
   *
   * @throws CommandFailedException if the server reports a failure
   */
  static String readText(DataInputStream in) throws IOException {
    int frameType = readFrameType(in);
    if (frameType == TEXT) {
      return in.readUTF();
    }
    throw failure(frameType, in);
  }

  private static int readFrameType(DataInputStream in) throws IOException {
    try {
      return in.readUnsignedByte();
    } catch (EOFException ended) {
      throw new CommandFailedException("the server stopped before it responded");
    }
  }

  private static CommandFailedException failure(int frameType, DataInputStream in)
      throws IOException {
    return new CommandFailedException(
        frameType == FAILED ? in.readUTF() : "the server has another version");
  }
}
