package io.rstscope.cli.options;

import io.rstscope.capture.CaptureFiles;
import io.rstscope.capture.FileNames;
import io.rstscope.connections.ManagementApi;
import io.rstscope.connections.ManagementUrl;
import io.rstscope.connections.TrustedCa;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The broker's management API, and as whom to ask it. */
public final class ManagementOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String USER = "--management-user";
  private static final String PASSWORD = "--management-password-file";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--management",
      paramLabel = "URL",
      description =
          "The broker's management API, such as http://localhost:15672: asked for its connections"
              + " every 30 s, it adds what --connections does. It connects to that host, by https"
              + " unless it is this one.")
  private String url;

  @Option(
      names = USER,
      paramLabel = "NAME",
      description = "With --management: a user with the tag monitoring.")
  private String user;

  @Option(
      names = PASSWORD,
      paramLabel = "FILE",
      description =
          "With --management: the file that holds the password alone, which belongs to you or root"
              + " and nobody else may read.")
  private Path password;

  @Option(
      names = "--management-ca",
      paramLabel = "FILE",
      description =
          "With --management: certificates in PEM of the CA to trust, in place of those that Java"
              + " trusts.")
  private Path ca;

  private ManagementUrl server;

  /**
   * Complains of what a converter of one option cannot see.
   *
   * @throws ParameterException when an option needs another, or the URL may not be used
   */
  public void check() {
    Usage.requireWith(spec, "--management", url != null, USER, PASSWORD, "--management-ca");
    if (url == null) {
      return;
    }
    Usage.require(
        spec, user != null && password != null, "--management needs " + USER + " and " + PASSWORD);
    Usage.require(spec, user.indexOf(':') < 0, USER + " may hold no colon");
    try {
      server = ManagementUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--management " + e.getMessage());
    }
  }

  /** Whether there is one to ask. */
  public boolean isGiven() {
    return url != null;
  }

  /**
   * The API, which is not asked yet.
   *
   * @return null when none is given
   * @throws IOException when a file cannot be used; the message names it
   */
  public ManagementApi api() throws IOException {
    return server == null
        ? null
        : new ManagementApi(server, user, FileNames.find(password.toString()), tls(), PATIENCE);
  }

  private SSLContext tls() throws IOException {
    if (ca == null) {
      return null;
    }
    Path file = FileNames.find(ca.toString());
    try (InputStream in = CaptureFiles.openFile(file)) {
      return TrustedCa.of(in, FileNames.of(file));
    }
  }
}
