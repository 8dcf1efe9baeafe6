package io.rstscope.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.amqp.ClientIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads a broker's list of its connections. */
public final class ConnectionsTarget {
  private static final int LONGEST_TEXT = 255;

  private ConnectionsTarget() {}

  /** Takes the file. */
  public static void fuzzerTestOneInput(byte[] file) throws IOException {
    ListReader.read(new ByteArrayInputStream(file), ConnectionsTarget::check);
  }

  private static boolean check(ListedConnection connection) {
    assertFalse(connection.client().isUnresolved());
    assertTrue(connection.broker() == null || !connection.broker().isUnresolved());
    assertTrue(connection.connectedNanos() >= -1);
    Integer heartbeat = connection.known().heartbeatSeconds();
    assertTrue(heartbeat == null || heartbeat >= 0 && heartbeat <= 65_535);
    ClientIdentity client = connection.known().client();
    assertPrintable(connection.user());
    assertPrintable(connection.known().vhost());
    assertPrintable(client.product());
    assertPrintable(client.version());
    assertPrintable(client.platform());
    assertPrintable(client.connectionName());
    return true;
  }

  private static void assertPrintable(String text) {
    if (text != null) {
      assertTrue(text.length() <= LONGEST_TEXT, text);
      assertEquals(-1, text.chars().filter(Character::isISOControl).findFirst().orElse(-1), text);
    }
  }
}
