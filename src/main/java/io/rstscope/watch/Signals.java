package io.rstscope.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets the agent know of signals, until it is closed.
 *
 * <p>Java has no public interface for that. {@code sun.misc.Signal} is what everybody uses and what
 * the module {@code jdk.unsupported} exports for the purpose (JEP 260), but javac warns of its name
 * and cannot be told not to; hence reflection. A shutdown hook would do for SIGINT and SIGTERM, but
 * the JVM then is on its way down; for the others there is nothing at all.
 *
 * <p>Signals that the process was told to ignore when it was started (nohup, a shell's background
 * job) stay ignored. Where there are none of that name, as on Windows, nothing happens.
 */
final class Signals implements AutoCloseable {
  /** A signal, and who handled it before. */
  private final Map<Object, Object> before = new LinkedHashMap<>();

  /**
   * Calls the handler, on a thread of its own, whenever the signal comes.
   *
   * @param name such as {@code HUP}
   * @return whether it will; not when the process is to ignore that signal
   */
  boolean on(String name, Runnable handler) {
    InvocationHandler call =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            handler.run();
          }
          return null;
        };
    try {
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      Class<?>[] handlerType = {Class.forName("sun.misc.SignalHandler")};
      ClassLoader loader = Signals.class.getClassLoader();
      Object was = handle(signal, Proxy.newProxyInstance(loader, handlerType, call));
      before.put(signal, was);
      return !was.equals(handlerType[0].getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      // there is no such signal, or this Java does not let us have it
      return false;
    }
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }

  /** Whoever handled the signals before does so again. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
