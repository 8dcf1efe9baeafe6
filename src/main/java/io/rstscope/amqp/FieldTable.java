package io.rstscope.amqp;

import io.rstscope.wire.Bytes;

/**
 * Reads client properties: a field table, that is pairs of a short string and a typed value.
 *
 * <p>Types are those that RabbitMQ uses, which differ from section 4.2.1 of the specification (
 * https://www.rabbitmq.com/docs/amqp-0-9-1-errata). Tables within the table are stepped over by
 * their length, so however deep they nest costs nothing.
 */
final class FieldTable {
  private static final int UNKNOWN_TYPE = -1;

  private FieldTable() {}

  /** The client's identity from the table whose pairs begin at {@code at}, as far as visible. */
  static ClientIdentity identity(byte[] bytes, int at, int limit) {
    IdentityBuilder identity = new IdentityBuilder();
    int pair = at;
    while (pair < limit) {
      int name = pair + 1;
      int nameLength = Bytes.u8(bytes, pair);
      int type = name + nameLength;
      if (type >= limit) {
        break;
      }
      long valueLength = valueLength(bytes, type, limit);
      if (valueLength == UNKNOWN_TYPE) {
        break;
      }
      if (bytes[type] == 'S') {
        identity.put(bytes, name, nameLength, type + 5, valueLength - 4, limit);
      }
      if (valueLength >= limit - type) {
        break;
      }
      pair = type + 1 + (int) valueLength;
    }
    return identity.build();
  }

  /** Bytes after the type, or {@link #UNKNOWN_TYPE} when the type or the length is not known. */
  private static long valueLength(byte[] bytes, int type, int limit) {
    return switch (bytes[type]) {
      case 'V' -> 0;
      case 't', 'b', 'B' -> 1;
      case 's', 'u' -> 2;
      case 'I', 'i', 'f' -> 4;
      case 'D' -> 5;
      case 'l', 'd', 'T' -> 8;
      case 'S', 'F', 'A', 'x' -> limit - type > 4 ? 4 + Bytes.u32(bytes, type + 1) : UNKNOWN_TYPE;
      default -> UNKNOWN_TYPE;
    };
  }
}
