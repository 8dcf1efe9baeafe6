package io.rstscope.amqp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Picks out of a client's properties those that say who it is. */
final class IdentityBuilder {
  private static final byte[] PRODUCT = "product".getBytes(US_ASCII);
  private static final byte[] VERSION = "version".getBytes(US_ASCII);
  private static final byte[] PLATFORM = "platform".getBytes(US_ASCII);
  private static final byte[] CONNECTION_NAME = "connection_name".getBytes(US_ASCII);

  private String product;
  private String version;
  private String platform;
  private String connectionName;

  /** A property with a string as its value, of which the bytes before {@code limit} are visible. */
  void put(byte[] bytes, int name, int nameLength, int value, long valueLength, int limit) {
    if (is(PRODUCT, bytes, name, nameLength)) {
      product = Text.of(bytes, value, valueLength, limit);
    } else if (is(VERSION, bytes, name, nameLength)) {
      version = Text.of(bytes, value, valueLength, limit);
    } else if (is(PLATFORM, bytes, name, nameLength)) {
      platform = Text.of(bytes, value, valueLength, limit);
    } else if (is(CONNECTION_NAME, bytes, name, nameLength)) {
      connectionName = Text.of(bytes, value, valueLength, limit);
    }
  }

  void connectionName(String name) {
    connectionName = name;
  }

  ClientIdentity build() {
    return new ClientIdentity(product, version, platform, connectionName);
  }

  private static boolean is(byte[] property, byte[] bytes, int name, int length) {
    return Arrays.equals(property, 0, property.length, bytes, name, name + length);
  }
}
