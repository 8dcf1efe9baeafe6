package io.rstscope.archive;

import io.rstscope.capture.CaptureException;
import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.PacketSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of this machine. */
record LocalFile(Path path) implements StoredFile {
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Version version() throws IOException {
    return new Version(Files.size(path), Files.getLastModifiedTime(path).toMillis());
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public PacketSource capture() throws CaptureException {
    return CaptureFiles.open(name());
  }

  @Override
  public String folder() {
    return path.getParent().toString();
  }

  @Override
  public String baseName() {
    return path.getFileName().toString();
  }
}
