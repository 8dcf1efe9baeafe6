package io.rstscope.amqp;

import static io.rstscope.amqp.AmqpBytes.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rstscope.net.Side;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No part of a password may be found in anything that a connection or its context refers to. */
class CredentialsTest {
  /** Parts this long would be a leak; shorter ones occur by chance. */
  private static final int PART = 4;

  private static final byte[] SECRETS =
      join(
          connectionMethod(21, bytes().longString(PASSWORD).array()),
          connectionMethod(70, bytes().longString(PASSWORD).shortString("renewal").array()));
  private static final byte[] CLIENT_0_9_1 =
      join(header091(), startOk(clientProperties()), SECRETS, tuneOk(60), open("/"));
  private static final byte[] CLIENT_1_0 =
      join(header(3, 1, 0, 0), saslInit(), header(0, 1, 0, 0), open10("c", "h", 0));

  @Test
  void shouldFindThePasswordWhenItIsThere() {
    Partial partial = new Partial();
    partial.append(PASSWORD.getBytes(ISO_8859_1), 0, PASSWORD.length());
    assertTrue(holdsPassword(new Object[] {partial}));
    assertTrue(holdsPassword(new Object[] {new ClientIdentity(null, PASSWORD, null, null)}));
  }

  @Test
  void shouldHoldNoPasswordWhenSplitAtAnyByte() {
    for (byte[] stream : new byte[][] {CLIENT_0_9_1, CLIENT_1_0}) {
      for (int split = 1; split <= stream.length; split++) {
        Conversation talk = Conversation.fromStart().client(Arrays.copyOf(stream, split));
        assertFalse(holdsPassword(talk), "up to " + split);
        talk.client(Arrays.copyOfRange(stream, split, stream.length));
        assertFalse(holdsPassword(talk), "split at " + split);
      }
    }
  }

  @Test
  void shouldHoldNoPasswordWhenBytesComeOneByOne() {
    for (byte[] stream : new byte[][] {CLIENT_0_9_1, CLIENT_1_0}) {
      Conversation talk = Conversation.fromStart();
      for (byte one : stream) {
        talk.client(new byte[] {one});
        assertFalse(holdsPassword(talk));
      }
    }
  }

  @Test
  void shouldHoldNoPasswordWhenCutOrAfterALoss() {
    for (byte[] stream : new byte[][] {CLIENT_0_9_1, CLIENT_1_0}) {
      for (int at = 1; at < stream.length; at++) {
        assertFalse(holdsPassword(Conversation.fromStart().cut(Side.CLIENT, stream, at)));
        byte[] rest = Arrays.copyOfRange(stream, at, stream.length);
        assertFalse(holdsPassword(Conversation.joinedLate().client(rest)));
        assertFalse(
            holdsPassword(
                Conversation.fromStart().client(header091()).missing(Side.CLIENT, 1).client(rest)));
      }
    }
  }

  @Test
  void shouldHoldNoPasswordWhenTheTablesLengthReachesIntoIt() {
    byte[] properties = clientProperties();
    byte[] frame = startOk(properties);
    for (int more = 1; more < 60; more++) {
      byte[] lying = frame.clone();
      int length = properties.length + more;
      lying[13] = (byte) (length >> 8);
      lying[14] = (byte) length;
      assertFalse(holdsPassword(Conversation.fromStart().client(header091(), lying)));
    }
  }

  private static boolean holdsPassword(Conversation talk) {
    return holdsPassword(new Object[] {talk.reader, talk.snapshot()});
  }

  /** Walks all that can be reached; of the JDK's classes, those that hold others are walked. */
  private static boolean holdsPassword(Object[] roots) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(Arrays.asList(roots));
    while (!open.isEmpty()) {
      Object next = open.pop();
      if (!seen.add(next)) {
        continue;
      }
      if (next instanceof String text && isPassword(text)
          || next instanceof byte[] bytes && isPassword(new String(bytes, ISO_8859_1))) {
        return true;
      }
      if (next instanceof Iterable<?> many) {
        many.forEach(open::push);
      } else if (next instanceof java.util.Map<?, ?> map) {
        map.keySet().forEach(open::push);
      } else if (next instanceof Object[] array) {
        for (int i = 0; i < array.length; i++) {
          push(open, Array.get(array, i));
        }
      } else if (next.getClass().getName().startsWith("io.rstscope.")) {
        pushFields(open, next);
      }
    }
    return false;
  }

  private static void pushFields(Deque<Object> open, Object owner) {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        boolean ours = type.getName().startsWith("io.rstscope.");
        if (ours && !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          try {
            push(open, field.get(owner));
          } catch (IllegalAccessException e) {
            throw new AssertionError(e);
          }
        }
      }
    }
  }

  private static void push(Deque<Object> open, Object value) {
    if (value != null) {
      open.push(value);
    }
  }

  private static boolean isPassword(String text) {
    for (int from = 0; from + PART <= PASSWORD.length(); from++) {
      if (text.contains(PASSWORD.substring(from, from + PART))) {
        return true;
      }
    }
    return false;
  }
}
