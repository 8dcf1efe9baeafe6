package io.rstscope.amqp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.rstscope.net.Side;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equality that is written out must not forget a component. */
class EqualityTest {
  static List<Record> records() {
    return List.of(
        AmqpSnapshot.NOTHING,
        new ClientIdentity("product", "version", "platform", "name"),
        new ConnectionClose(Side.CLIENT, 320, "condition", "text", 4, 10, 50, Side.CLIENT));
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldEqualWhatHasTheSameComponents(Record record) throws ReflectiveOperationException {
    Record copy = make(record, components(record));
    assertEquals(record, copy);
    assertEquals(record.hashCode(), copy.hashCode());
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldDifferFromWhatHasAnotherComponent(Record record) throws ReflectiveOperationException {
    RecordComponent[] all = record.getClass().getRecordComponents();
    for (int i = 0; i < all.length; i++) {
      Object[] components = components(record);
      components[i] = another(all[i].getType(), components[i]);
      assertNotEquals(record, make(record, components), all[i].getName());
    }
  }

  private static Object[] components(Record record) throws ReflectiveOperationException {
    RecordComponent[] all = record.getClass().getRecordComponents();
    Object[] components = new Object[all.length];
    for (int i = 0; i < all.length; i++) {
      components[i] = all[i].getAccessor().invoke(record);
    }
    return components;
  }

  private static Record make(Record record, Object[] components)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(record.getClass().getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    return record.getClass().getDeclaredConstructor(types).newInstance(components);
  }

  private static Object another(Class<?> type, Object value) {
    if (type.isEnum()) {
      Object[] all = type.getEnumConstants();
      return all[(((Enum<?>) value).ordinal() + 1) % all.length];
    }
    if (type == int.class) {
      return (int) value + 1;
    }
    if (type == boolean.class) {
      return !(boolean) value;
    }
    if (type == Integer.class) {
      return 77;
    }
    if (type == String.class) {
      return value + "x";
    }
    if (type == ClientIdentity.class) {
      return new ClientIdentity("another", null, null, null);
    }
    if (type == ConnectionClose.class) {
      return ConnectionClose.unseen(Side.BROKER);
    }
    if (type == ProxyHeader.class) {
      return new ProxyHeader("10.0.0.1", 1, 1);
    }
    throw new AssertionError("no other value of " + type);
  }
}
