package io.rstscope.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names of files in words, also of those whose bytes are no UTF-8, as Linux allows: such a byte is
 * written {@code \xe9}. Java can open such a file only by the {@link Path} that listing its folder
 * gives.
 */
public final class FileNames {
  /** What Java has where it could not decode a byte, in arguments too. */
  private static final String UNDECODED = "\uFFFD";

  private static final String ESCAPE = "\\x";

  private FileNames() {}

  /** The name of a file, from which {@link #find} finds it again. */
  public static String of(Path path) {
    Path parent = path.getParent();
    if (!path.toString().contains(UNDECODED) || path.getFileName() == null) {
      return path.toString();
    }
    String name = escaped(path);
    return parent == null
        ? name
        : parent.getRoot() == parent ? "/" + name : of(parent) + "/" + name;
  }

  /** The name as {@link #of} writes it, else as it is given. */
  static String shown(String name) {
    return name.contains(UNDECODED) ? of(find(name)) : name;
  }

  /**
   * The file of that name, whether it is written as {@link #of} does or as Java decodes arguments.
   *
   * @throws InvalidPathException when no file can have that name
   */
  public static Path find(String name) {
    if (!name.contains(UNDECODED) && !name.contains(ESCAPE)) {
      return Path.of(name);
    }
    int slash = name.lastIndexOf('/');
    String last = name.substring(slash + 1);
    Path folder =
        slash < 0 ? Path.of("") : slash == 0 ? Path.of("/") : find(name.substring(0, slash));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> isNamed(file, last)).toList();
      return found.size() == 1 ? found.get(0) : Path.of(name);
    } catch (IOException | UncheckedIOException e) {
      return Path.of(name);
    }
  }

  private static boolean isNamed(Path file, String name) {
    String decoded = file.getFileName().toString();
    return decoded.equals(name) || decoded.contains(UNDECODED) && escaped(file).equals(name);
  }

  /** The last part; a URI is the only form in which Java gives the bytes away. */
  private static String escaped(Path path) {
    String uri = path.toUri().getRawPath().replaceFirst("/$", "");
    String name = uri.substring(uri.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return decode(ByteBuffer.wrap(bytes.toByteArray()));
  }

  private static String decode(ByteBuffer bytes) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(4 * bytes.remaining());
    for (CoderResult result = utf8.decode(bytes, text, true);
        result.isError();
        result = utf8.decode(bytes, text, true)) {
      for (int i = 0; i < result.length(); i++) {
        text.put("\\x%02x".formatted(bytes.get() & 0xff));
      }
    }
    return text.flip().toString();
  }
}
