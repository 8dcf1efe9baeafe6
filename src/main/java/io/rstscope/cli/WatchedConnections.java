package io.rstscope.cli;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FileNames;
import io.rstscope.connections.ConnectionList;
import io.rstscope.engine.BrokerAccounts;
import io.rstscope.net.HostPort;
import io.rstscope.reset.FlowObservation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

/** A list of connections that others write anew now and then. Used by one thread. */
final class WatchedConnections implements BrokerAccounts {
  private final Path file;
  private final Consumer<String> words;
  private Object state;
  private String said;
  private ConnectionList list;

  /**
   * @param file need not be there yet
   * @param words takes what of it cannot be used, once until that changes
   */
  WatchedConnections(Path file, Consumer<String> words) {
    this.file = file;
    this.words = words;
  }

  @Override
  public boolean mayKnowLoss(HostPort client, HostPort broker) {
    return false;
  }

  @Override
  public List<FlowObservation> addTo(List<FlowObservation> flows) {
    String problem = null;
    try {
      problem = refresh();
    } catch (IOException e) {
      problem = e.getMessage();
    }
    if (problem != null && !problem.equals(said)) {
      words.accept(problem);
    }
    said = problem == null ? said : problem;
    return list == null ? flows : list.addTo(flows);
  }

  /** What is wrong with the file, or null. */
  private String refresh() throws IOException {
    BasicFileAttributes now = attributes();
    Object seen = now == null ? null : List.of(now.lastModifiedTime(), now.size());
    if (now != null && seen.equals(state)) {
      return null;
    }
    state = seen;
    if (now != null && !now.isRegularFile()) {
      return FileNames.of(file) + ": is not a file that can be read again";
    }
    try (InputStream in = CaptureFiles.openFile(file)) {
      list = ConnectionList.read(in);
    }
    return list.problem() == null ? null : FileNames.of(file) + ": " + list.problem();
  }

  private BasicFileAttributes attributes() {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }
}
