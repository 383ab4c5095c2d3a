package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that only their owner can access, whatever the umask is: mode 0600 and 0700.
 * Needs a POSIX file system.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> FILE_ATTRIBUTE = PosixFilePermissions.asFileAttribute(FILE);
  private static final FileAttribute<?> FOLDER_ATTRIBUTE =
      PosixFilePermissions.asFileAttribute(FOLDER);
  private static final int STICKY_BIT = 01000;

  private OwnerOnly() {}

  /**
   * Creates an empty file.
   *
   * @throws IOException if it exists or cannot be created
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, FILE_ATTRIBUTE);
  }

  /**
   * Creates a folder and its missing parents. An existing folder is left as it is.
   *
   * @throws IOException if it cannot be created
   */
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder, FOLDER_ATTRIBUTE);
  }

  /**
   * Removes the access of others from an existing file or folder. A folder that is not only for
   * Kassa is left as it is: the home folder, and a folder for temporary files of all users.
   *
   * @return whether this changed the permissions; false if it belongs to another user
   */
  public static boolean restrict(Path path) {
    try {
      boolean isFolder = Files.isDirectory(path);
      if (!Files.exists(path)
          || FOLDER.containsAll(Files.getPosixFilePermissions(path))
          || (isFolder && isShared(path))) {
        return false;
      }
      Files.setPosixFilePermissions(path, isFolder ? FOLDER : FILE);
      return true;
    } catch (IOException | UnsupportedOperationException notOwner) {
      return false;
    }
  }

  private static boolean isShared(Path folder) throws IOException {
    int mode = (int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    Path real = folder.toRealPath();
    return (mode & STICKY_BIT) != 0
        || real.getParent() == null
        || real.equals(Path.of(System.getProperty("user.home", "/")).toAbsolutePath());
  }

  /** The reason of a failure of the file system, in a few words. */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
      case FileSystemException other when other.getReason() != null ->
          String.valueOf(other.getReason());
      default -> String.valueOf(failure.getMessage());
    };
  }
}
